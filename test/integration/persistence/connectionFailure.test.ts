/** Errors of a database or object store that cannot be used: one sentence that says what to do, without a password. */
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { openDatabase } from "@pareidolia/persistence/server/database/database";
import { migrate } from "@pareidolia/persistence/server/database/migrations";
import { listen } from "@pareidolia/persistence/server/database/notifications";
import { openObjectStore } from "@pareidolia/persistence/server/objectStores/openObjectStore";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { isFull } from "../../support/extent/sampled.ts";
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
  ["a wrong password", () => urlWith(() => undefined), /rejects the user "application" or its password.*DATABASE_URL/],
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

// Concurrently, as one of them waits for the end of the time to connect.
describe("a database that cannot be opened", () => {
  /** One of them waits for the end of the time to connect, as does the case of a database that is not ready. */
  const quick = cases.filter(([what]) => isFull || what !== "a server that never answers");
  it.concurrent.each(quick)("says what to do about %s", async (_what, url, sentence) => {
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
    await withClient(testDatabase.ownerUrl, (client) =>
      client.query("DROP TABLE _prisma_migrations; CREATE ROLE guest LOGIN PASSWORD 'guest'; REVOKE CREATE ON SCHEMA public FROM PUBLIC"),
    );
    await expect(migrate(url)).rejects.toMatchObject({ code: "FORBIDDEN", message: expect.stringContaining('OWNER TO "guest"') });
    await withClient(testDatabase.ownerUrl, (client) => client.query("DROP ROLE guest"));
  });
});

/** The answer of a Postgres server that is starting: an ErrorResponse with the SQLSTATE cannot_connect_now. */
function sayStarting(socket: Socket): void {
  const fields = Buffer.from("SFATAL\0C57P03\0Mthe database system is starting up\0\0");
  const head = Buffer.alloc(5, "E");
  head.writeInt32BE(fields.length + 4, 1);
  socket.once("data", () => socket.end(Buffer.concat([head, fields])));
}

/** Passes connections on to the test's server, except the first ones, each of which an element of `first` answers. */
async function openBusyServer(first: ((socket: Socket) => void)[]): Promise<{ readonly url: string; close(): void }> {
  const real = new URL(testDatabase.url);
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    const answer = first.shift();
    if (answer !== undefined) return answer(socket);
    const upstream = connect(Number(real.port), real.hostname);
    upstream.on("error", () => socket.destroy());
    socket.pipe(upstream).pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = new URL(real);
  url.hostname = "127.0.0.1";
  url.port = String((server.address() as AddressInfo).port);
  return { url: url.href, close: () => server.close() };
}

describe("a database that is not ready when a process starts", () => {
  const stayingSilent = (): void => undefined;

  it.concurrent.each([
    ["is starting", [sayStarting, sayStarting], /^Postgres at \S+ is still starting\. .* Trying again for up to \d+ s\.$/],
    ["does not answer in time", [stayingSilent], /^Postgres at \S+ does not answer in time\. .* Trying again for up to \d+ s\.$/],
  ] as const)("is waited for while it %s", async (_state, first, sentence) => {
    const server = await openBusyServer([...first]);
    const said: string[] = [];
    try {
      const opened = await openDatabase(server.url, { waiting: { waitSeconds: 100, onWait: (message) => said.push(message) } });
      expect(await opened.connection.workspace.count()).toBeGreaterThanOrEqual(0);
      await opened.close();
    } finally {
      server.close();
    }
    expect(said).toEqual(first.map(() => expect.stringMatching(sentence)));
  });

  it("is no longer waited for after the time given", async () => {
    const server = await openBusyServer(Array<typeof sayStarting>(100).fill(sayStarting));
    const waiting = { waitSeconds: 1, onWait: () => undefined };
    try {
      await expect(migrate(server.url, { waiting })).rejects.toMatchObject({
        code: "UNAVAILABLE",
        message: expect.stringMatching(/still starting/),
      });
    } finally {
      server.close();
    }
  });

  it("is not waited for if the address, the name or the password is wrong", async () => {
    const said: string[] = [];
    const waiting = { waitSeconds: 100, onWait: (message: string) => void said.push(message) };
    for (const wrong of [urlWith(() => undefined), urlWith((url) => (url.port = "1"))])
      await expect(openDatabase(wrong, { waiting })).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(said).toEqual([]);
  });
});

describe("an object store that cannot be opened", () => {
  const s3 = { S3_ENDPOINT: "http://127.0.0.1:1", S3_ACCESS_KEY: "key", S3_SECRET_KEY: "s3cret-word" };
  const stores = [
    [s3, "UNAVAILABLE", /No S3 server answers at http:\/\/127\.0\.0\.1:1\. Start it/],
    [{ ...s3, S3_ENDPOINT: "http://no-such-host.invalid:9000" }, "UNAVAILABLE", /The host of .* is unknown/],
    [{ ...s3, S3_BUCKET: "Not A Bucket" }, "UNAVAILABLE", /not a valid bucket name/],
    [{ ...s3, S3_SECRET_KEY: "" }, "INVALID_INPUT", /S3_SECRET_KEY must be set too/],
    [{ ...s3, S3_ENDPOINT: "SILENT" }, "UNAVAILABLE", /does not answer in time/],
  ] as const;
  it.each(stores.filter(([{ S3_ENDPOINT }]) => isFull || S3_ENDPOINT !== "SILENT"))(
    "says what to do about %o",
    async (settings, code, sentence) => {
      const environment = settings.S3_ENDPOINT === "SILENT" ? { ...settings, S3_ENDPOINT: `http://127.0.0.1:${port()}` } : settings;
      await expect(openObjectStore(environment)).rejects.toMatchObject({ code, message: expect.stringMatching(sentence) });
    },
  );
});
