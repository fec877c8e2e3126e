/** Copies rows of a filled workspace, so that each of its lists has several pages; some copies have the time of another row. */
import type { OpenWorld } from "./openWorld.ts";
import type { Person } from "./people.ts";
import { writeReport } from "./reportFolder.ts";
import { rowIdOf } from "./rowIdOf.ts";
import type { Things } from "./things.ts";

const copies = 4;

/** Columns of which no two rows may have the same value, or that are about one request. */
const unshared = ["idempotency_key", "claim_token", "session_hash", "withdrawal_hash", "client_hash", "share_token", "mailed_token_hash"];

interface Copied {
  readonly table: string;
  readonly where: string;
  /** Other columns of the copy with a number. */
  set?(copy: number): Readonly<Record<string, unknown>>;
}

async function copyRow({ connection }: OpenWorld, { table, where, set }: Copied): Promise<void> {
  for (let copy = 1; copy <= copies; copy++) {
    const given = JSON.stringify(set?.(copy) ?? {});
    const nulls = unshared.map((name) => `'${name}', NULL`).join(", ");
    const written = await connection.$executeRawUnsafe(`
      INSERT INTO ${table} SELECT (jsonb_populate_record(NULL::${table}, to_jsonb(t) || jsonb_build_object(${nulls})
        || CASE WHEN to_jsonb(t) ? 'id' THEN jsonb_build_object('id', 'copy_${copy}_of_' || (to_jsonb(t) ->> 'id')) ELSE '{}' END
        || CASE WHEN to_jsonb(t) ? 'number' THEN jsonb_build_object('number', (SELECT max((to_jsonb(o) ->> 'number')::int) + 1 FROM ${table} o))
           ELSE '{}' END
        || CASE WHEN to_jsonb(t) ? 'created_at'
           THEN jsonb_build_object('created_at', (to_jsonb(t) ->> 'created_at')::timestamptz - interval '1 minute' * ${copy >> 1}) ELSE '{}' END
        || '${given.replaceAll("'", "''")}'::jsonb)).*
      FROM (SELECT * FROM ${table} WHERE ${where} LIMIT 1) t`);
    if (written !== 1) throw new Error(`There is no row of ${table} to copy: ${where}.`);
  }
}

export async function lengthenLists(world: OpenWorld, things: Things, { userId }: Person): Promise<void> {
  const { nodes, runs, workspaceId } = things;
  const here = `workspace_id = '${workspaceId}'`;
  const ofRun = `run_id = '${rowIdOf(runs.evolution)}'`;
  const experiment = rowIdOf(nodes.Experiment);
  const fewRuns = await world.connection.run.findMany({ where: { workspaceId, chain: null }, select: { id: true }, take: copies });
  const rows: readonly Copied[] = [
    { table: "comments", where: `${here} AND ${ofRun}` },
    { table: "comments", where: `${here} AND experiment_id = '${experiment}'` },
    { table: "exports", where: `${here} AND ${ofRun}` },
    { table: "exports", where: `${here} AND experiment_id = '${experiment}'` },
    {
      table: "imported_images",
      where: `run_id = '${rowIdOf(runs.imported)}'`,
      set: (copy) => ({ index: 100 + copy }),
    },
    {
      table: "study_voters",
      where: `study_id = '${rowIdOf(nodes.Study)}'`,
      set: (copy) => ({ user_id: null, image_key: `copy${copy}`.padEnd(32, "0") }),
    },
    { table: "webhook_deliveries", where: `webhook_id = '${rowIdOf(nodes.Webhook)}'`, set: (copy) => ({ event: `copy ${copy}` }) },
    { table: "bulk_queries", where: `${here} AND created_by_id = '${userId}'` },
    { table: "chains", where: here, set: (copy) => ({ run_id: fewRuns[copy - 1]?.id }) },
    { table: "emails", where: here },
    { table: "experiments", where: here, set: () => ({ visibility: "PUBLIC", published_at: new Date().toISOString(), trashed_at: null }) },
    { table: "experiments", where: `${here} AND trashed_at IS NOT NULL`, set: (copy) => ({ id: `trashed_${copy}` }) },
    { table: "imports", where: here },
    { table: "photos", where: here },
    { table: "saved_comparisons", where: here },
    { table: "tags", where: here, set: (copy) => ({ name: `copy-${copy}` }) },
    { table: "workspaces", where: `id = '${workspaceId}'`, set: (copy) => ({ name: `Copy ${copy}`, slug: `copy-${copy}` }) },
    {
      table: "invitations",
      where: `email = (SELECT email FROM users WHERE id = '${userId}')`,
      set: (copy) => ({ workspace_id: `copy_${copy}_of_${workspaceId}`, token_hash: `copy ${copy}` }),
    },
  ];
  for (const row of rows) await copyRow(world, row);
  for (let copy = 1; copy <= copies; copy++) await writeReport(world.reportFolder, `copy-${copy}`, `2024-05-0${1 + (copy >> 1)}T00:00:00Z`);
}
