/**
 * Data that members add to the runs of the scale benchmark, in every workspace: tags, metrics, pins, comments, sweeps, public experiments
 * and the audit log. All follow from the runs and experiments in the database.
 */
import type pg from "pg";

const sweepPlan = {
  kind: "evolution",
  base: { encoding: "direct", preset: "paper", generations: 100, offspring: 20, parameters: {} },
  axes: [{ path: "parameters.mutationRate", values: [0.05, 0.1], range: null }],
  sampler: { kind: "grid" },
  seeds: [1, 2],
  earlyStopping: { plateau: null, median: null },
};
/** Two points with two seeds each. */
const runsOfSweep = 4;

/** A run or experiment has one of five tags. */
const tags = [
  `INSERT INTO tags (id, workspace_id, name) SELECT md5(w.id || t.name), w.id, t.name
     FROM workspaces w CROSS JOIN unnest('{paper,ablation,baseline,draft,seeds}'::text[]) AS t(name)`,
  `WITH named AS (SELECT *, row_number() OVER (PARTITION BY workspace_id ORDER BY name) AS place FROM tags)
   INSERT INTO run_tags (run_id, tag_id) SELECT r.id, t.id FROM runs r JOIN named t ON t.workspace_id = r.workspace_id AND t.place = 1 + r.number % 5`,
  `WITH named AS (SELECT *, row_number() OVER (PARTITION BY workspace_id ORDER BY name) AS place FROM tags)
   INSERT INTO experiment_tags (experiment_id, tag_id)
   SELECT e.id, t.id FROM experiments e JOIN named t ON t.workspace_id = e.workspace_id AND t.place = 1 + e.number % 5`,
];

/** Adds metrics to every run, as if the workspace consisted of imported runs. */
const metrics = `INSERT INTO run_metrics (run_id, name, workspace_id, value)
  SELECT r.id, m.name, r.workspace_id, (r.seed * m.step % 1000) / 1000.0 FROM runs r, (VALUES ('accuracy', 7), ('loss', 11)) AS m(name, step)`;

const remarks = [
  `INSERT INTO pins (id, workspace_id, user_id, run_id) SELECT r.id, r.workspace_id, r.created_by_id, r.id FROM runs r WHERE r.number <= 3`,
  `INSERT INTO comments (id, workspace_id, author_id, run_id, body, created_at)
     SELECT r.id || i, r.workspace_id, r.created_by_id, r.id, 'Compare this with its neighbours.', r.ended_at
     FROM runs r CROSS JOIN generate_series(1, 3) AS i WHERE r.ended_at IS NOT NULL`,
  `UPDATE experiments SET visibility = 'PUBLIC', published_at = created_at WHERE number % 10 = 1`,
];

/** A sweep of the first evolutions of each experiment that has enough, under the experiment's ID. */
const sweeps = (plan: string): readonly string[] => [
  `CREATE TEMPORARY TABLE swept AS SELECT * FROM (
     SELECT r.id, r.experiment_id, row_number() OVER w - 1 AS place, count(*) OVER (PARTITION BY r.experiment_id) AS runs
     FROM runs r WHERE r.kind = 'evolution' AND r.trashed_at IS NULL WINDOW w AS (PARTITION BY r.experiment_id ORDER BY r.number)
   ) r WHERE r.runs >= ${runsOfSweep} AND r.place < ${runsOfSweep}`,
  `INSERT INTO sweeps (id, workspace_id, experiment_id, created_by_id, number, name, plan, point_count, run_count, state, created_at, updated_at)
     SELECT e.id, e.workspace_id, e.id, e.created_by_id, e.number, 'Mutation rates', '${plan}', 2, ${runsOfSweep}, 'SUCCEEDED', e.created_at, e.updated_at
     FROM experiments e WHERE e.id IN (SELECT experiment_id FROM swept)`,
  `UPDATE runs r SET sweep_id = s.experiment_id, sweep_point = s.place / 2, sweep_replicate = s.place % 2 FROM swept s WHERE s.id = r.id`,
];

const audit = `INSERT INTO audit_entries (workspace_id, sequence, at, user_id, action, subject_type, subject_id, text, previous_hash, hash)
  SELECT r.workspace_id, r.number, r.created_at, r.created_by_id, 'run.start', 'Run', r.id,
    jsonb_build_object('subjectName', 'RUN-' || r.number, 'action', 'run.start', 'before', NULL, 'after', NULL)::text, '', '' FROM runs r`;

/** Triggers do not see the rows, which have what they would write. */
export async function seedTracking(client: pg.Client): Promise<void> {
  await client.query("SET session_replication_role = replica");
  for (const statement of [...tags, metrics, ...remarks, ...sweeps(JSON.stringify(sweepPlan)), audit]) await client.query(statement);
  await client.query("SET session_replication_role = origin");
}
