/** The role of the API and the workers: what it may not do, and how a database gets it whose tables and queue one role owned so far. */
import { openQueue } from "@pareidolia/jobs/queue";
import { isSuperuser, prepareApplicationRole } from "@pareidolia/persistence/server/database/applicationRole";
import { migrate } from "@pareidolia/persistence/server/database/migrations";
import { afterEach, beforeEach, describe, expect, inject, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { asApplication, createDatabase, withClient } from "../../support/postgresServer.ts";

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

const refused = "42501";
const entry = `INSERT INTO audit_entries (workspace_id, sequence, at, action, subject_type, subject_id, text, previous_hash, hash)
  VALUES ('w', 1, now(), 'a', 'T', 's', '{}', '', 'h')`;

describe("the application's role", () => {
  it("is no superuser, and the owner of the tables is another", async () => {
    expect(await isSuperuser(database.url)).toBe(false);
    expect(await isSuperuser(database.ownerUrl)).toBe(true);
    const { rows } = await withClient(database.url, (client) =>
      client.query(
        "SELECT count(*)::int AS own FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relowner = current_user::regrole",
      ),
    );
    expect(rows).toEqual([{ own: 0 }]);
  });

  it.each([
    "SET session_replication_role = replica",
    "ALTER TABLE audit_entries DISABLE TRIGGER USER",
    "DROP TRIGGER audit_entries_append_only ON audit_entries",
    "CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN OLD; END $$",
    "UPDATE audit_entries SET hash = ''",
    "DELETE FROM audit_entries",
    "TRUNCATE audit_entries",
    "DROP TABLE audit_entries",
    `DELETE FROM "_prisma_migrations"`,
    "ALTER ROLE CURRENT_USER SUPERUSER",
    "CREATE ROLE another SUPERUSER",
    "CREATE TABLE mine (id int)",
    "COPY audit_entries TO PROGRAM 'cat'",
  ])("may not: %s", async (statement) => {
    await withClient(database.url, async (client) => {
      await client.query(entry);
      await expect(client.query(statement)).rejects.toMatchObject({ code: refused });
      expect((await client.query("SELECT hash FROM audit_entries")).rows).toEqual([{ hash: "h" }]);
    });
  });
});

describe("a database that one role owned so far", () => {
  const name = "owned_by_one_role";
  const serverUrl = inject("postgresUrl");
  afterEach(() => withClient(serverUrl, (client) => client.query(`DROP DATABASE "${name}" WITH (FORCE)`)));

  it("gets the application's role, to which its queue belongs from then on", async () => {
    const ownerUrl = await createDatabase(serverUrl, name);
    await migrate(ownerUrl);
    await (await openQueue({ url: ownerUrl })).close();
    const url = asApplication(ownerUrl);
    await Promise.all([prepareApplicationRole(ownerUrl, url), prepareApplicationRole(ownerUrl, url)]);
    await prepareApplicationRole(ownerUrl, ownerUrl);
    const foreign = await withClient(ownerUrl, (client) =>
      client.query(`
        SELECT relname AS name FROM pg_class WHERE relnamespace = 'pareidolia_jobs'::regnamespace AND relowner <> 'application'::regrole
        UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = 'pareidolia_jobs'::regnamespace AND proowner <> 'application'::regrole
        UNION ALL SELECT typname FROM pg_type WHERE typnamespace = 'pareidolia_jobs'::regnamespace AND typowner <> 'application'::regrole`),
    );
    expect(foreign.rows).toEqual([]);
    await (await openQueue({ url })).close();
    await withClient(url, async (client) => {
      await client.query(entry);
      await expect(client.query("DELETE FROM audit_entries")).rejects.toMatchObject({ code: refused });
    });
  });

  it("may be owned by a role that is no superuser, but may create roles", async () => {
    await withClient(serverUrl, async (client) => {
      await client.query("CREATE ROLE lab LOGIN CREATEROLE PASSWORD 'test'");
      await client.query(`CREATE DATABASE "${name}" OWNER lab`);
    });
    const ownerUrl = new URL(serverUrl);
    ownerUrl.pathname = `/${name}`;
    ownerUrl.username = "lab";
    const url = new URL(ownerUrl);
    url.username = "lab_application";
    await migrate(ownerUrl.href);
    await (await openQueue({ url: ownerUrl.href })).close();
    for (let start = 1; start <= 2; start++) await prepareApplicationRole(ownerUrl.href, url.href);
    await (await openQueue({ url: url.href })).close();
    await withClient(url.href, (client) => expect(client.query("DELETE FROM audit_entries")).rejects.toMatchObject({ code: refused }));
    await withClient(serverUrl, async (client) => {
      await client.query(`ALTER DATABASE "${name}" OWNER TO CURRENT_USER`);
      await withClient(new URL(`/${name}`, serverUrl).href, (inside) =>
        inside.query("DROP OWNED BY lab_application, lab CASCADE; DROP ROLE lab_application; DROP ROLE lab"),
      );
    });
  });
});
