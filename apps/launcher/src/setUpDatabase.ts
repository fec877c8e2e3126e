/**
 * Prepares the database at DATABASE_URL: applies migrations as the user of DATABASE_OWNER_URL, lets the user of DATABASE_URL use the tables, adds the local owner and the zoo's models, and begins the key of audit logs that
 * have none. Runs in its own process, since it imports the compiled packages; container deployments run it once before the API.
 */
import { readListedModels } from "@pareidolia/classifiers/zoo/readListedModels";
import { beginAuditKey } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import { seedModels } from "@pareidolia/persistence/lab/models/zooModels";
import { isSuperuser, prepareApplicationRole } from "@pareidolia/persistence/server/database/applicationRole";
import { openDatabase } from "@pareidolia/persistence/server/database/database";
import { migrate } from "@pareidolia/persistence/server/database/migrations";
import { seedLocalOwner } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { runEntry } from "./runEntry.ts";
import { readSettings } from "./settings.ts";

/** The set-up fails unless Postgres is ready within this time. */
const waitSeconds = 120;

await runEntry(async () => {
  const url = process.env["DATABASE_URL"] ?? "";
  const waiting = { waitSeconds, onWait: (message: string) => console.warn(message) };
  const ownerUrl = process.env["DATABASE_OWNER_URL"] || url;
  const applied = await migrate(ownerUrl, { waiting });
  console.log(applied.length === 0 ? "no new migrations" : `applied ${applied.join(", ")}`);
  await prepareApplicationRole(ownerUrl, url, waiting);
  if (await isSuperuser(url))
    console.warn(
      "The user of DATABASE_URL is a superuser, who can change the audit log without a trace in the database. Name another user there, who may not exist yet, and this one in DATABASE_OWNER_URL.",
    );
  const settings = readSettings(process.env);
  const { models, missing } = await readListedModels({ cacheFolder: settings.cacheFolder, idleTimeoutSeconds: 5 });
  if (missing.length > 0)
    console.warn(`unavailable until the next start: ${missing.map(({ id }) => id).join(", ")} (${missing[0]?.reason})`);
  const database = await openDatabase(url, { waiting, secret: process.env["PAREIDOLIA_SECRET"] });
  try {
    await database.transaction(async ({ connection }) => {
      await seedLocalOwner(connection);
      await seedModels(connection, models);
    });
    await beginAuditKey(database);
  } finally {
    await database.close();
  }
  return 0;
});
