/** Filters of lists of elites, as conditions for a row `e` of elites alone, which has the columns of its run. */
import { Prisma } from "../../generated/client.ts";
import { isNotInTrash, isOfLiveRun, liveExperiments } from "../../server/scope/live.ts";
import type { PeopleList } from "../recognition/peopleConditions.ts";

export interface EliteListFilter extends PeopleList {
  readonly ids?: readonly string[] | undefined;
  readonly runId?: string | undefined;
  readonly experimentId?: string | undefined;
  readonly modelId?: string | undefined;
  readonly encodings?: readonly string[] | undefined;
  readonly niches?: readonly number[] | undefined;
  /** Exact labels of classes, looked up in the labels of the elite's model. */
  readonly labels?: readonly string[] | undefined;
  /** A text that the class's label contains, ignoring case. */
  readonly labelContains?: string | undefined;
  readonly labelSpace?: string | undefined;
  readonly minimumConfidence?: number | undefined;
  readonly maximumConfidence?: number | undefined;
  /** Only elites that hold their niche; otherwise replaced ones, too. */
  readonly current: boolean;
}

/**
 * The row's place: its workspace, experiment or run. All elites of an experiment are of its workspace, which is compared once: compared for
 * each row, Postgres would expect few rows and sort them all instead of reading the order of an index.
 */
function placeOf({ scope, experimentId, runId }: EliteListFilter): Prisma.Sql[] {
  const conditions: Prisma.Sql[] = [];
  if (!("workspaceId" in scope)) conditions.push(Prisma.sql`e.experiment_id = ${scope.experimentId}`);
  else if (experimentId === undefined) conditions.push(Prisma.sql`e.workspace_id = ${scope.workspaceId}`);
  else conditions.push(Prisma.sql`${scope.workspaceId} = (SELECT x.workspace_id FROM ${liveExperiments} x WHERE x.id = ${experimentId})`);
  if (experimentId !== undefined) conditions.push(Prisma.sql`e.experiment_id = ${experimentId}`);
  if (runId !== undefined) conditions.push(Prisma.sql`e.run_id = ${runId}`);
  return conditions;
}

/** Of an experiment, the trash is read once; of a workspace, each row's run is looked up. */
function isKept({ scope, experimentId }: EliteListFilter): Prisma.Sql {
  const runId = Prisma.sql`e.run_id`;
  if (!("workspaceId" in scope)) return isNotInTrash(runId, scope);
  return experimentId === undefined ? isOfLiveRun(runId) : isNotInTrash(runId, { experimentId });
}

export function isCurrent({ current }: EliteListFilter): Prisma.Sql[] {
  return current ? [Prisma.sql`e.replaced_at IS NULL`] : [];
}

export function confidenceWithin({ minimumConfidence, maximumConfidence }: EliteListFilter): Prisma.Sql[] {
  const conditions: Prisma.Sql[] = [];
  if (minimumConfidence !== undefined) conditions.push(Prisma.sql`e.stored_fitness >= ${minimumConfidence}::double precision`);
  if (maximumConfidence !== undefined) conditions.push(Prisma.sql`e.stored_fitness <= ${maximumConfidence}::double precision`);
  return conditions;
}

/** Of the run: its network and encoding. */
export function methodOf({ modelId, encodings, labelSpace }: EliteListFilter): Prisma.Sql[] {
  const conditions: Prisma.Sql[] = [];
  if (modelId !== undefined) conditions.push(Prisma.sql`e.model_id = ${modelId}`);
  if (encodings !== undefined) conditions.push(Prisma.sql`e.method = ANY (${[...encodings]})`);
  if (labelSpace !== undefined) conditions.push(Prisma.sql`e.model_id IN (SELECT id FROM models WHERE label_space = ${labelSpace})`);
  return conditions;
}

export function namesClasses({ niches, labels, labelContains }: EliteListFilter): boolean {
  return niches !== undefined || labels !== undefined || labelContains !== undefined;
}

/** The classes that the filter names, for each model: the same index is a different class in another label space. */
export function selectClasses({ scope, modelId, labelSpace, niches, labels, labelContains }: EliteListFilter): Prisma.Sql {
  const conditions = [
    "workspaceId" in scope ? Prisma.sql`(m.workspace_id IS NULL OR m.workspace_id = ${scope.workspaceId})` : Prisma.sql`true`,
  ];
  if (modelId !== undefined) conditions.push(Prisma.sql`m.id = ${modelId}`);
  if (labelSpace !== undefined) conditions.push(Prisma.sql`m.label_space = ${labelSpace}`);
  if (niches !== undefined) conditions.push(Prisma.sql`class.number - 1 = ANY (${[...niches]}::int[])`);
  if (labels !== undefined) conditions.push(Prisma.sql`class.label = ANY (${[...labels]})`);
  if (labelContains !== undefined) conditions.push(Prisma.sql`position(lower(${labelContains}) in lower(class.label)) > 0`);
  return Prisma.sql`SELECT m.id AS model_id, class.number::int - 1 AS niche
    FROM models m CROSS JOIN unnest(m.labels) WITH ORDINALITY AS class(label, number) WHERE ${Prisma.join(conditions, " AND ")}`;
}

function classNamed(filter: EliteListFilter): Prisma.Sql[] {
  return namesClasses(filter) ? [Prisma.sql`(e.model_id, e.niche) IN (${selectClasses(filter)})`] : [];
}

/** All conditions but those of people's votes and of the trash. */
export function ownConditionsOf(filter: EliteListFilter): Prisma.Sql[] {
  const named = filter.ids === undefined ? [] : [Prisma.sql`e.id = ANY (${[...filter.ids]})`];
  return [...placeOf(filter), ...isCurrent(filter), ...named, ...methodOf(filter), ...classNamed(filter), ...confidenceWithin(filter)];
}

/** All conditions but those of people's votes. */
export function conditionsOf(filter: EliteListFilter): Prisma.Sql[] {
  return [...ownConditionsOf(filter), isKept(filter)];
}
