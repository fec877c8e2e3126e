/** The SQL of each searchable property of a run `r` against a model `m`. Every field of `search/fields/runFields` is here. */
import type { SearchField } from "@pareidolia/search/fields/field";
import { Prisma } from "../../generated/client.ts";
import { liveExperiments, liveRuns } from "../../server/scope/live.ts";
import { sharesOfRuns } from "../recognition/sharesOfRuns.ts";
import { measureOfKind, possibleResults, reachedResults } from "../runs/resultsOfKinds.ts";
import { computedSeconds, elapsedSeconds, evaluations, speed, waitedSeconds } from "../runs/runTimes.ts";
import type { Dialect } from "./compileSearch.ts";
import { double, type FieldSql, flag, freeText, integer, person, type SearchReader, tags, text, time } from "./fieldSql.ts";
import { parameterSql } from "./parameterSql.ts";
import { planSql } from "./planSql.ts";

const columns: Readonly<Record<string, (reader: SearchReader) => FieldSql>> = {
  run: () => integer(Prisma.sql`r.number`),
  name: () => text(Prisma.sql`r.name`),
  notes: () => freeText(Prisma.sql`r.notes`),
  experiment: ({ scope }) => ({
    ...text(Prisma.sql`(SELECT 'EXP-' || x.number FROM ${liveExperiments} x WHERE x.id = r.experiment_id)`),
    decidedBy: Prisma.sql`r.experiment_id`,
    some: (test) => Prisma.sql`r.experiment_id IN (SELECT x.id FROM ${liveExperiments} x WHERE x.workspace_id = ${scope.workspaceId}
      AND (${test(Prisma.sql`('EXP-' || x.number)`)} OR ${test(Prisma.sql`x.name`)}))`,
    missing: Prisma.sql`false`,
  }),
  state: () => text(Prisma.sql`r.state::text`),
  kind: () => text(Prisma.sql`r.kind`),
  method: () => text(Prisma.sql`r.method`),
  encoding: () => text(Prisma.sql`CASE WHEN r.kind = 'evolution' THEN r.method END`),
  model: () => ({ ...text(Prisma.sql`m.name`), some: (test) => Prisma.sql`(${test(Prisma.sql`m.name`)} OR ${test(Prisma.sql`m.slug`)})` }),
  preset: () => text(Prisma.sql`r.preset`),
  seed: () => integer(Prisma.sql`r.seed`),
  generation: () => integer(Prisma.sql`CASE WHEN r.kind = 'evolution' AND r.generation >= 0 THEN r.generation END`),
  evaluations: () => integer(evaluations),
  median: () => double(Prisma.sql`r.median`),
  mean: () => double(Prisma.sql`r.mean`),
  best: () => double(Prisma.sql`r.best`),
  reached: () => integer(reachedResults),
  results: () => integer(possibleResults),
  measure: () => text(measureOfKind),
  // The same for every row, so Postgres computes the object once in a statement.
  recognition: (reader) =>
    double(
      reader.readsRecognition === true
        ? Prisma.sql`(${sharesOfRuns(reader)} ->> r.id)::double precision`
        : Prisma.sql`NULL::double precision`,
    ),
  speed: () => double(speed),
  waited: () => double(waitedSeconds),
  computed: () => double(computedSeconds),
  elapsed: () => double(elapsedSeconds),
  created: () => time(Prisma.sql`r.created_at`),
  started: () => time(Prisma.sql`r.started_at`),
  ended: () => time(Prisma.sql`r.ended_at`),
  updated: () => time(Prisma.sql`r.updated_at`),
  by: (reader) => person(Prisma.sql`r.created_by_id`, reader),
  assignee: (reader) => person(Prisma.sql`r.assignee_id`, reader),
  tag: (reader) => tags({ table: Prisma.sql`run_tags`, isOfRow: Prisma.sql`l.run_id = r.id` }, reader),
  pinned: ({ userId }) => flag(Prisma.sql`EXISTS (SELECT FROM pins i WHERE i.run_id = r.id AND i.user_id = ${userId})`),
  archived: () => flag(Prisma.sql`(r.archived_at IS NOT NULL)`),
  locked: () => flag(Prisma.sql`(r.locked_at IS NOT NULL)`),
  worker: () => text(Prisma.sql`(SELECT k.host FROM workers k WHERE k.id = r.worker_id)`),
  engine: () => text(Prisma.sql`(r.manifest->'engines'->>-1)`),
};

/** A metric of imported runs, from `run_metrics`. */
function metricSql(name: string, { scope }: SearchReader): FieldSql {
  const named = Prisma.sql`SELECT x.run_id FROM run_metrics x WHERE x.workspace_id = ${scope.workspaceId} AND x.name = ${name}`;
  return {
    ...double(Prisma.sql`(SELECT x.value FROM run_metrics x WHERE x.run_id = r.id AND x.name = ${name})`),
    some: (test) => Prisma.sql`r.id IN (${named} AND ${test(Prisma.sql`x.value`)})`,
    missing: Prisma.sql`r.id NOT IN (${named})`,
  };
}

/** @throws Error for a field without SQL; a test compiles every field. */
export function runSqlOf(field: SearchField, reader: SearchReader): FieldSql {
  if (field.metric !== undefined) return metricSql(field.metric, reader);
  const parameter = field.parameter === undefined ? null : parameterSql(field.parameter, field.type);
  if (field.plan !== undefined) return planSql(field.plan, parameter);
  if (parameter !== null) return parameter;
  const column = columns[field.name];
  if (column === undefined) throw new Error(`The field ${field.name} of runs has no SQL.`);
  return column(reader);
}

export function runDialect(reader: SearchReader): Dialect {
  return {
    reader,
    sqlOf: (field) => runSqlOf(field, reader),
    // The index of runs has key, name, method and preset as one text. Only runs with notes have their notes read, and each network's and
    // experiment's name is compared once, not for every run.
    containsText: (pattern) => Prisma.sql`(r.found_text LIKE lower(${pattern})
      OR r.id IN (SELECT n.id FROM ${liveRuns} n WHERE n.workspace_id = ${reader.scope.workspaceId} AND n.notes <> '' AND n.notes ILIKE ${pattern})
      OR r.model_id IN (SELECT n.id FROM models n WHERE n.name ILIKE ${pattern})
      OR r.experiment_id IN (SELECT x.id FROM ${liveExperiments} x WHERE x.workspace_id = ${reader.scope.workspaceId} AND x.name ILIKE ${pattern}))`,
  };
}
