/**
 * Statements for the rows of an export that are about experiments, sweeps, networks, runs and people. Columns have the names of the
 * export's tables; rows of other tables are given by their numbers. Text is ordered by its bytes, equally on every server.
 */
import { Prisma } from "../../generated/client.ts";
import { liveExperiments, liveRuns } from "../../server/scope/live.ts";
import { exportedName } from "./exportedName.ts";
import type { ExportSelection } from "./exportSelection.ts";

/** A table of IDs with their numbers, from 0. */
export function numbered(ids: readonly string[]): Prisma.Sql {
  return Prisma.sql`(SELECT listed.id, (listed.place - 1)::int AS number
    FROM unnest(${[...ids]}::text[]) WITH ORDINALITY AS listed (id, place))`;
}

export function exportTags({ workspaceId, isWorkspace }: ExportSelection): Prisma.Sql {
  return Prisma.sql`SELECT t.name FROM tags t WHERE ${isWorkspace} AND t.workspace_id = ${workspaceId} ORDER BY t.name COLLATE "C"`;
}

export function exportExperiments({ experiments }: ExportSelection): Prisma.Sql {
  return Prisma.sql`
    SELECT n.number AS experiment, x.name, x.description, x.notes,
      ARRAY(SELECT t.name FROM experiment_tags et JOIN tags t ON t.id = et.tag_id WHERE et.experiment_id = x.id
        ORDER BY t.name COLLATE "C") AS tags, x.archived_at, x.created_at
    FROM ${numbered(experiments)} n JOIN ${liveExperiments} x ON x.id = n.id ORDER BY n.number`;
}

export function exportSweeps({ experiments, sweeps }: ExportSelection): Prisma.Sql {
  return Prisma.sql`
    SELECT n.number AS sweep, e.number AS experiment, s.name, s.plan, s.point_count, s.run_count, s.state::text AS state, s.reason, s.priority,
      s.concurrency, s.max_evaluations, s.max_seconds, s.created_at, s.ended_at
    FROM ${numbered(sweeps)} n JOIN sweeps s ON s.id = n.id JOIN ${numbered(experiments)} e ON e.id = s.experiment_id ORDER BY n.number`;
}

export function exportRungDecisions({ sweeps }: ExportSelection): Prisma.Sql {
  return Prisma.sql`
    SELECT n.number AS sweep, d.rung, d.point, d.nines, d.runs, d.rank, d.kept, d.decided_at
    FROM ${numbered(sweeps)} n JOIN rung_decisions d ON d.sweep_id = n.id ORDER BY n.number, d.rung, d.point`;
}

export function exportModels({ models }: ExportSelection): Prisma.Sql {
  return Prisma.sql`
    SELECT n.number AS model, ${exportedName(Prisma.sql`m.slug`)} AS slug, m.origin, m.name, m.description, m.licence, m.source, m.sha256,
      m.byte_length, m.width, m.height, m.channels, m.labels, ${exportedName(Prisma.sql`m.label_space`)} AS label_space, m.preprocessing,
      m.test_error
    FROM ${numbered(models)} n JOIN models m ON m.id = n.id ORDER BY n.number`;
}

/** The plan of `runs r`; that of a run of another program without the ID of its import. */
const withoutImport = Prisma.sql`CASE WHEN r.plan #> '{source,importId}' IS NULL THEN r.plan ELSE jsonb_set(r.plan, '{source,importId}', '""') END`;

export function exportRuns({ experiments, sweeps, models, runs }: ExportSelection): Prisma.Sql {
  return Prisma.sql`
    SELECT n.number AS run, e.number AS experiment, m.number AS model, s.number AS sweep, r.sweep_point, r.sweep_replicate, r.name, r.kind,
      r.method, r.preset, r.parameters, ${withoutImport} AS plan, r.framing, r.source_sha256 AS source_image, r.seed, r.manifest, r.state::text AS state,
      r.failure, r.generation, r.evaluations, r.archive_hash, r.median, r.fooling_count, r.stopped_by, r.compute_seconds,
      f.number AS forked_from, r.forked_from_generation AS fork_generation, o.number AS rerun_of, r.notes,
      ARRAY(SELECT t.name FROM run_tags rt JOIN tags t ON t.id = rt.tag_id WHERE rt.run_id = r.id ORDER BY t.name COLLATE "C") AS tags,
      r.archived_at, r.trimmed_at, r.created_at, r.started_at, r.ended_at
    FROM ${numbered(runs)} n JOIN ${liveRuns} r ON r.id = n.id JOIN ${numbered(models)} m ON m.id = r.model_id
      LEFT JOIN ${numbered(experiments)} e ON e.id = r.experiment_id LEFT JOIN ${numbered(sweeps)} s ON s.id = r.sweep_id
      LEFT JOIN ${numbered(runs)} f ON f.id = r.forked_from_run_id LEFT JOIN ${numbered(runs)} o ON o.id = r.rerun_of_run_id
    ORDER BY n.number`;
}

/** Comments with their numbers; those of one time in the order of their IDs. */
function commentsOf({ experiments, runs }: ExportSelection): Prisma.Sql {
  return Prisma.sql`(
    SELECT c.*, (row_number() OVER (ORDER BY c.created_at, c.id) - 1)::int AS number FROM comments c
    WHERE c.deleted_at IS NULL AND (c.experiment_id = ANY (${[...experiments]}) OR c.run_id = ANY (${[...runs]})))`;
}

export function exportComments(selection: ExportSelection): Prisma.Sql {
  const { experiments, runs } = selection;
  return Prisma.sql`
    SELECT c.number AS comment, e.number AS experiment, r.number AS run, c.body, c.created_at, c.edited_at
    FROM ${commentsOf(selection)} c LEFT JOIN ${numbered(experiments)} e ON e.id = c.experiment_id
      LEFT JOIN ${numbered(runs)} r ON r.id = c.run_id
    ORDER BY c.number`;
}

export function exportKeys({ experiments, sweeps, runs }: ExportSelection): Prisma.Sql {
  return Prisma.sql`
    SELECT k."table", k.row, k.key, k.events FROM (
      SELECT 'experiments' AS "table", n.number AS row, 'EXP-' || x.number AS key, NULL::int AS events
      FROM ${numbered(experiments)} n JOIN ${liveExperiments} x ON x.id = n.id
      UNION ALL
      SELECT 'runs', n.number, 'RUN-' || r.number, r.event_seq FROM ${numbered(runs)} n JOIN ${liveRuns} r ON r.id = n.id
      UNION ALL
      SELECT 'sweeps', n.number, 'SWP-' || s.number, NULL FROM ${numbered(sweeps)} n JOIN sweeps s ON s.id = n.id
    ) k ORDER BY k."table" COLLATE "C", k.row`;
}

export function exportCredits(selection: ExportSelection): Prisma.Sql {
  const { experiments, sweeps, runs } = selection;
  return Prisma.sql`
    WITH people AS (
      SELECT 'experiments' AS "table", n.number AS row, p.role, p.user_id
      FROM ${numbered(experiments)} n JOIN ${liveExperiments} x ON x.id = n.id
      CROSS JOIN LATERAL (VALUES ('creator', x.created_by_id), ('assignee', x.assignee_id)) p (role, user_id)
      UNION ALL
      SELECT 'runs', n.number, p.role, p.user_id FROM ${numbered(runs)} n JOIN ${liveRuns} r ON r.id = n.id
      CROSS JOIN LATERAL (VALUES ('creator', r.created_by_id), ('assignee', r.assignee_id)) p (role, user_id)
      UNION ALL
      SELECT 'sweeps', n.number, 'creator', s.created_by_id FROM ${numbered(sweeps)} n JOIN sweeps s ON s.id = n.id
      UNION ALL
      SELECT 'comments', c.number, 'author', c.author_id FROM ${commentsOf(selection)} c
    )
    SELECT people."table", people.row, people.role, u.name FROM people JOIN users u ON u.id = people.user_id
    ORDER BY people."table" COLLATE "C", people.row, people.role COLLATE "C"`;
}
