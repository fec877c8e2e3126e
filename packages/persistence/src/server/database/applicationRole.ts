/**
 * The role with which the API and the workers connect, besides the one that owns the tables and migrates them: no superuser, so that it can
 * neither disable triggers nor grant itself anything. It may read and append to the audit log, and change neither it nor the migrations.
 */
import { AppError } from "@pareidolia/core/appError";
import pg from "pg";
import { connectDirectly } from "./connectionFailure.ts";
import { openWhenReady, type Waiting } from "./openWhenReady.ts";

/** SQLSTATE insufficient_privilege. */
const forbidden = "42501";
/** The queue's schema, in which the application creates tables. */
const jobs = "pareidolia_jobs";

/** What an earlier start created there as the owner of the tables, and is not the application's yet; the schema first. */
const foreignObjects = `
  SELECT format('ALTER SCHEMA %I OWNER TO', nspname) AS change FROM pg_namespace WHERE nspname = '${jobs}' AND nspowner <> $1::regrole
  UNION ALL SELECT format('ALTER %s %s OWNER TO', CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, oid::regclass)
    FROM pg_class WHERE relnamespace = '${jobs}'::regnamespace AND relkind IN ('r', 'p', 'v', 'S') AND relowner <> $1::regrole
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = pg_class.oid AND d.deptype IN ('a', 'i')
        AND relkind = 'S')
  UNION ALL SELECT format('ALTER %s %s OWNER TO', CASE prokind WHEN 'p' THEN 'PROCEDURE' ELSE 'FUNCTION' END, oid::regprocedure)
    FROM pg_proc WHERE pronamespace = '${jobs}'::regnamespace AND proowner <> $1::regrole
  UNION ALL SELECT format('ALTER TYPE %s OWNER TO', oid::regtype)
    FROM pg_type WHERE typnamespace = '${jobs}'::regnamespace AND typtype IN ('e', 'd') AND typowner <> $1::regrole`;

/** A new role has none of these; only a superuser may take all of them from an existing one. */
const noAttributes = "NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS";

async function readSuperuser(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ superuser: boolean }>("SELECT rolsuper AS superuser FROM pg_roles WHERE rolname = current_user");
  return rows[0]?.superuser === true;
}

/** Creates the role, or gives the existing one this password and takes attributes from it that it must not have. */
async function ensureRole(client: pg.Client, role: string, password: string): Promise<void> {
  const name = pg.escapeIdentifier(role);
  const { rowCount } = await client.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [role]);
  const verb = rowCount === 0 ? "CREATE" : "ALTER";
  const isPowerful = await readSuperuser(client);
  await client.query(`${verb} ROLE ${name} WITH LOGIN ${isPowerful ? noAttributes : ""} PASSWORD ${pg.escapeLiteral(password)}`);
  // Who is no superuser must be a member of a role to give it a table.
  if (!isPowerful) await client.query(`GRANT ${name} TO CURRENT_USER`);
}

async function grant(client: pg.Client, role: string): Promise<void> {
  const name = pg.escapeIdentifier(role);
  const database = pg.escapeIdentifier(client.database ?? "");
  for (const statement of [
    `GRANT CONNECT, TEMPORARY ON DATABASE ${database} TO ${name}`,
    `GRANT USAGE ON SCHEMA public TO ${name}`,
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${name}`,
    `GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO ${name}`,
    `REVOKE UPDATE, DELETE ON audit_entries FROM ${name}`,
    `REVOKE INSERT, UPDATE, DELETE ON "_prisma_migrations" FROM ${name}`,
  ])
    await client.query(statement);
  const { rows } = await client.query<{ change: string }>(foreignObjects, [name]);
  for (const { change } of rows) await client.query(`${change} ${name}`);
}

function userOf(url: string): { readonly role: string; readonly password: string } {
  const { username, password } = new URL(url);
  return { role: decodeURIComponent(username), password: decodeURIComponent(password) };
}

/**
 * Lets the role of `applicationUrl` use the migrated tables. Does nothing if it is the role of `ownerUrl`. Any number of processes may call it
 * at once.
 * @throws AppError UNAVAILABLE when no server answers; FORBIDDEN when the owner may not create roles.
 */
export async function prepareApplicationRole(ownerUrl: string, applicationUrl: string, waiting?: Waiting): Promise<void> {
  const { role, password } = userOf(applicationUrl);
  if (role === userOf(ownerUrl).role) return;
  const client = await openWhenReady(waiting, () => connectDirectly(ownerUrl));
  try {
    await client.query("BEGIN");
    await client.query("SELECT pg_advisory_xact_lock(hashtextextended('application role', 0))");
    await ensureRole(client, role, password);
    await grant(client, role);
    await client.query("COMMIT");
  } catch (cause) {
    if ((cause as { code?: unknown }).code !== forbidden) throw cause;
    throw new AppError(
      "FORBIDDEN",
      `The database's user "${client.user}" of DATABASE_OWNER_URL may not create the role "${role}" of DATABASE_URL, or give it tables: ${(cause as Error).message}. Allow it to: ALTER ROLE "${client.user}" CREATEROLE.`,
      { cause },
    );
  } finally {
    await client.end();
  }
}

/** Whether the user of the URL can change every row, whatever triggers say. */
export async function isSuperuser(url: string): Promise<boolean> {
  const client = await connectDirectly(url);
  try {
    return await readSuperuser(client);
  } finally {
    await client.end();
  }
}
