/** Errors of a database or object store that cannot be used: one sentence that says what to do, without a password. */
import { createServer, type Server } from "node:net";
import { openDatabase } from "@pareidolia/persistence/database/database";
import { migrate } from "@pareidolia/persistence/database/migrations";
import { listen } from "@pareidolia/persistence/database/notifications";
import { openObjectStore } from "@pareidolia/persistence/objectStores/openObjectStore";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { withClient } from "../../support/postgresServer.ts";

let testDatabase: TestDatabase;
let silent: Server;
const port = () => (silent.address() as { port: number }).port;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  silent.close();
  await testDatabase.drop();
});

function urlWith(change: (url: URL) => void): string {
  const url = new URL(testDatabase.url);
  url.password = "s3cret-word";
  change(url);
  return url.href;
}
const withPassword = (url: URL) => {
  url.password = new URL(inject("postgresUrl")).password;
};

const cases: readonly (readonly [string, () => string, RegExp])[] = [
  ["a wrong password", () => urlWith(() => undefined), /rejects the user "postgres" or its password.*DATABASE_URL/],
  [
    "a missing database",
    () =>
      urlWith((url) => {
        withPassword(url);
        url.pathname = "/nowhere";
      }),
    /no database "nowhere"\. Create it/,
  ],
  ["a port without a server", () => urlWith((url) => (url.port = "1")), /No server listens at .*:1\. Start Postgres/],
  ["a host that does not exist", () => urlWith((url) => (url.hostname = "no-such-host.invalid")), /host "no-such-host.invalid" is unknown/],
  ["a server that never answers", () => urlWith((url) => (url.port = String(port()))), /does not answer in time/],
  ["a server without TLS", () => urlWith((url) => (withPassword(url), (url.search = "?sslmode=require"))), /does not offer TLS/],
];

describe("a database that cannot be opened", () => {
  it.each(cases)("says what to do about %s", async (_what, url, sentence) => {
    const opening = [
      migrate(url()),
      openDatabase(url()).then((opened) => opened.close()),
      listen({ url: url(), channel: "x", onMessage() {} }),
    ];
    for (const result of await Promise.allSettled(opening)) {
      const reason: unknown = result.status === "rejected" ? result.reason : null;
      expect(reason).toMatchObject({ code: "UNAVAILABLE", message: expect.stringMatching(sentence) });
      expect((reason as Error).message).not.toMatch(/s3cret-word|\n/);
    }
  });

  it("names the right that a user who cannot create tables needs", async () => {
    const url = urlWith((guest) => {
      guest.username = "guest";
      guest.password = "guest";
    });
    await withClient(testDatabase.url, (client) =>
      client.query("DROP TABLE _prisma_migrations; CREATE ROLE guest LOGIN PASSWORD 'guest'; REVOKE CREATE ON SCHEMA public FROM PUBLIC"),
    );
    await expect(migrate(url)).rejects.toMatchObject({ code: "FORBIDDEN", message: expect.stringContaining('OWNER TO "guest"') });
    await withClient(testDatabase.url, (client) => client.query("DROP ROLE guest"));
  });
});

describe("an object store that cannot be opened", () => {
  const s3 = { S3_ENDPOINT: "http://127.0.0.1:1", S3_ACCESS_KEY: "key", S3_SECRET_KEY: "s3cret-word" };
  it.each([
    [s3, "UNAVAILABLE", /No S3 server answers at http:\/\/127\.0\.0\.1:1\. Start it/],
    [{ ...s3, S3_ENDPOINT: "http://no-such-host.invalid:9000" }, "UNAVAILABLE", /The host of .* is unknown/],
    [{ ...s3, S3_BUCKET: "Not A Bucket" }, "UNAVAILABLE", /not a valid bucket name/],
    [{ ...s3, S3_SECRET_KEY: "" }, "INVALID_INPUT", /S3_SECRET_KEY must be set too/],
    [{ ...s3, S3_ENDPOINT: "SILENT" }, "UNAVAILABLE", /does not answer in time/],
  ] as const)("says what to do about %o", async (settings, code, sentence) => {
    const environment = settings.S3_ENDPOINT === "SILENT" ? { ...settings, S3_ENDPOINT: `http://127.0.0.1:${port()}` } : settings;
    await expect(openObjectStore(environment)).rejects.toMatchObject({ code, message: expect.stringMatching(sentence) });
  });
});
