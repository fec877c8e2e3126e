/** The SQL of each searchable property of an experiment `e`. Every field of `search/fields/experimentFields` is here. */
import type { SearchField } from "@pareidolia/search/fields/field";
import { Prisma } from "../../generated/client.ts";
import { liveRuns } from "../../server/scope/live.ts";
import { stateOfMostActive } from "../experiments/mostActiveFirst.ts";
import { reachedResults } from "../runs/resultsOfKinds.ts";
import type { Dialect } from "./compileSearch.ts";
import { type FieldSql, flag, freeText, integer, person, type SearchReader, type Test, tags, text, time } from "./fieldSql.ts";

interface TextOfRuns {
  readonly value: Prisma.Sql;
  /** Which runs have it. */
  readonly condition: Prisma.Sql;
  /** Whether the text of a run `r` satisfies the test. */
  readonly find: (test: Test) => Prisma.Sql;
}

/**
 * A text that any run of the experiment has. The runs of the workspace are searched once, not those of each experiment.
 */
function ofRuns({ scope }: SearchReader, { value, condition, find }: TextOfRuns): FieldSql {
  const from = Prisma.sql`FROM ${liveRuns} r JOIN models m ON m.id = r.model_id WHERE r.experiment_id = e.id AND ${condition}`;
  const some = (test: Test) =>
    Prisma.sql`e.id IN (SELECT DISTINCT r.experiment_id FROM ${liveRuns} r WHERE r.workspace_id = ${scope.workspaceId} AND ${condition} AND ${find(test)})`;
  const list = Prisma.sql`ARRAY(SELECT DISTINCT ${value} ${from} AND ${value} IS NOT NULL)`;
  return { value: null, type: "text", some, list, missing: Prisma.sql`NOT EXISTS (SELECT ${from} AND ${value} IS NOT NULL)` };
}

/**
 * An aggregate over the runs of each experiment, as a JSON object keyed by experiment ID. It does not depend on the row, so Postgres reads
 * the workspace's runs only once per statement.
 */
const byExperiment = ({ scope }: SearchReader, figure: Prisma.Sql): Prisma.Sql => Prisma.sql`(
  SELECT jsonb_object_agg(o.experiment_id, o.figure) FROM (
    SELECT r.experiment_id, ${figure} AS figure FROM ${liveRuns} r WHERE r.workspace_id = ${scope.workspaceId} GROUP BY 1
  ) o)`;

const columns: Readonly<Record<string, (reader: SearchReader) => FieldSql>> = {
  experiment: () => integer(Prisma.sql`e.number`),
  name: () => text(Prisma.sql`e.name`),
  description: () => freeText(Prisma.sql`e.description`),
  notes: () => freeText(Prisma.sql`e.notes`),
  state: (reader) => text(Prisma.sql`(${byExperiment(reader, stateOfMostActive)} ->> e.id)`),
  runs: (reader) => integer(Prisma.sql`coalesce((${byExperiment(reader, Prisma.sql`count(*)`)} ->> e.id)::int, 0)`),
  reached: (reader) => integer(Prisma.sql`coalesce((${byExperiment(reader, Prisma.sql`sum(${reachedResults})`)} ->> e.id)::int, 0)`),
  model: (reader) =>
    ofRuns(reader, {
      value: Prisma.sql`m.name`,
      condition: Prisma.sql`true`,
      find: (test) =>
        Prisma.sql`r.model_id IN (SELECT n.id FROM models n WHERE ${test(Prisma.sql`n.name`)} OR ${test(Prisma.sql`n.slug`)})`,
    }),
  encoding: (reader) =>
    ofRuns(reader, {
      value: Prisma.sql`r.method`,
      condition: Prisma.sql`r.kind = 'evolution'`,
      find: (test) => test(Prisma.sql`r.method`),
    }),
  created: () => time(Prisma.sql`e.created_at`),
  updated: () => time(Prisma.sql`e.updated_at`),
  by: (reader) => person(Prisma.sql`e.created_by_id`, reader),
  assignee: (reader) => person(Prisma.sql`e.assignee_id`, reader),
  tag: (reader) => tags({ table: Prisma.sql`experiment_tags`, isOfRow: Prisma.sql`l.experiment_id = e.id` }, reader),
  visibility: () => text(Prisma.sql`e.visibility::text`),
  pinned: ({ userId }) => flag(Prisma.sql`EXISTS (SELECT FROM pins i WHERE i.experiment_id = e.id AND i.user_id = ${userId})`),
  archived: () => flag(Prisma.sql`(e.archived_at IS NOT NULL)`),
  locked: () => flag(Prisma.sql`(e.locked_at IS NOT NULL)`),
};

/** @throws Error for a field without SQL; a test compiles every field. */
export function experimentSqlOf(field: SearchField, reader: SearchReader): FieldSql {
  const column = columns[field.name];
  if (column === undefined) throw new Error(`The field ${field.name} of experiments has no SQL.`);
  return column(reader);
}

export function experimentDialect(reader: SearchReader): Dialect {
  return {
    reader,
    sqlOf: (field) => experimentSqlOf(field, reader),
    containsText: (pattern) => Prisma.sql`('EXP-' || e.number ILIKE ${pattern} OR e.name ILIKE ${pattern}
      OR e.description ILIKE ${pattern} OR e.notes ILIKE ${pattern})`,
  };
}
