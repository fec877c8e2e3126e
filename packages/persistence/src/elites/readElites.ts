/** Reads elites with their labels and images, a page in one statement. */
import { type CountRequest, countRows } from "../database/countRows.ts";
import type { Connection } from "../database/database.ts";
import { groupInOrderOf, inOrderOf } from "../database/inOrderOf.ts";
import { type Direction, type Ordering, type Page, type PageRequest, selectPage } from "../database/keyset.ts";
import { Prisma } from "../generated/client.ts";
import type { ImageRecord } from "../images/readImages.ts";
import {
  compareInIndex,
  filtersAsked,
  hasFewImages,
  type PeopleFilter,
  type PeopleOrderField,
  peopleConditions,
  peopleOrdering,
  startAtRecognition,
} from "../recognition/peopleConditions.ts";
import type { ExperimentScope, Scope } from "../scope/scope.ts";
import { runsWithin, type SharedRow, sharingOfRun } from "../scope/sharing.ts";

export interface EliteRecord extends SharedRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly createdById: string;
  readonly runId: string;
  readonly genomeId: string;
  readonly niche: number;
  readonly label: string;
  readonly generation: number;
  readonly replacedAt: number | null;
  readonly fitness: number;
  readonly storedFitness: number;
  readonly createdAt: Date;
  readonly image: ImageRecord;
}

export interface EliteListFilter {
  readonly scope: Scope | ExperimentScope;
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
  readonly current: boolean;
  /** What people say about the image. */
  readonly people?: PeopleFilter | undefined;
  /** Studies that are closed to the reader: lists by what people say leave their images out. */
  readonly closedStudies?: readonly string[] | undefined;
}

export interface EliteListOrder {
  /** A list in the order of people's votes has only elites whose images have votes. */
  readonly field: "storedFitness" | "createdAt" | PeopleOrderField;
  readonly direction: Direction;
}

interface RawElite extends Omit<EliteRecord, "image"> {
  readonly sha256: string;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly byteLength: number;
  readonly imageCreatedAt: Date;
}

function toElite({ sha256, width, height, channels, byteLength, imageCreatedAt, ...elite }: RawElite): EliteRecord {
  return { ...elite, image: { sha256, width, height, channels, byteLength, createdAt: imageCreatedAt } };
}

const from = Prisma.sql`
  FROM elites e JOIN runs r ON r.id = e.run_id JOIN models m ON m.id = r.model_id
  JOIN genomes g ON g.id = e.genome_id JOIN images i ON i.sha256 = g.image_sha256`;

const selectColumns = Prisma.sql`
  SELECT e.id, r.workspace_id AS "workspaceId", r.created_by_id AS "createdById", ${sharingOfRun}, e.run_id AS "runId", e.genome_id AS "genomeId", e.niche,
    coalesce(m.labels[e.niche + 1], e.niche::text) AS label, e.generation, e.replaced_at AS "replacedAt", e.fitness,
    e.stored_fitness AS "storedFitness", g.created_at AS "createdAt", i.sha256, i.width, i.height, i.channels,
    i.byte_length AS "byteLength", i.created_at AS "imageCreatedAt"`;
const select = Prisma.sql`${selectColumns} ${from}`;

/** The niches with matching labels, for each model: the same index is a different class in another label space. */
function nichesWithLabel(matches: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(r.model_id, e.niche) IN (SELECT labelled.id, class.number::int - 1
    FROM models labelled CROSS JOIN unnest(labelled.labels) WITH ORDINALITY AS class(label, number) WHERE ${matches})`;
}

function conditionsOf(filter: EliteListFilter): Prisma.Sql[] {
  const conditions = [runsWithin(filter.scope)];
  if (filter.current) conditions.push(Prisma.sql`e.replaced_at IS NULL`);
  if (filter.ids !== undefined) conditions.push(Prisma.sql`e.id = ANY (${[...filter.ids]})`);
  if (filter.runId !== undefined) conditions.push(Prisma.sql`e.run_id = ${filter.runId}`);
  if (filter.experimentId !== undefined) conditions.push(Prisma.sql`r.experiment_id = ${filter.experimentId}`);
  if (filter.modelId !== undefined) conditions.push(Prisma.sql`r.model_id = ${filter.modelId}`);
  if (filter.encodings !== undefined) conditions.push(Prisma.sql`r.method = ANY (${[...filter.encodings]})`);
  if (filter.niches !== undefined) conditions.push(Prisma.sql`e.niche = ANY (${[...filter.niches]}::int[])`);
  if (filter.labels !== undefined) conditions.push(nichesWithLabel(Prisma.sql`class.label = ANY (${[...filter.labels]})`));
  if (filter.labelContains !== undefined)
    conditions.push(nichesWithLabel(Prisma.sql`position(lower(${filter.labelContains}) in lower(class.label)) > 0`));
  if (filter.labelSpace !== undefined) conditions.push(Prisma.sql`m.label_space = ${filter.labelSpace}`);
  if (filter.minimumConfidence !== undefined)
    conditions.push(Prisma.sql`e.stored_fitness >= ${filter.minimumConfidence}::double precision`);
  if (filter.maximumConfidence !== undefined)
    conditions.push(Prisma.sql`e.stored_fitness <= ${filter.maximumConfidence}::double precision`);
  return conditions;
}

function isByPeople(field: EliteListOrder["field"]): field is PeopleOrderField {
  return field === "share" || field === "votes";
}

function orderingOf(order: EliteListOrder): Ordering {
  const first =
    order.field === "storedFitness"
      ? ({ sql: Prisma.sql`e.stored_fitness`, type: "double precision" } as const)
      : ({ sql: Prisma.sql`g.created_at`, type: "timestamptz" } as const);
  return { columns: [first, { sql: Prisma.sql`e.id`, type: "text" }], direction: order.direction };
}

interface EliteList {
  readonly filter: EliteListFilter;
  readonly order: EliteListOrder;
  readonly page: PageRequest;
}

export async function listElites(connection: Connection, list: EliteList): Promise<Page<EliteRecord>> {
  const { filter, order, page } = list;
  const { field, direction } = order;
  if (isByPeople(field)) return listByPeople(connection, list, field);
  const positionOf = (row: EliteRecord) => [field === "storedFitness" ? row.storedFitness : row.createdAt.toISOString(), row.id];
  const usual = { page, toRow: toElite, positionOf };
  if (filtersAsked(filter) && (await hasFewImages(connection, filter))) {
    const started = startAtRecognition(filter, null, { elites: select, conditions: conditionsOf(filter) });
    const first = field === "storedFitness" ? Prisma.sql`e."storedFitness"` : Prisma.sql`e."createdAt"`;
    const type = field === "storedFitness" ? "double precision" : "timestamptz";
    return selectPage<RawElite, EliteRecord>(connection, {
      ...usual,
      select: Prisma.sql`SELECT e.* ${started.from}`,
      conditions: started.conditions,
      ordering: {
        columns: [
          { sql: first, type },
          { sql: Prisma.sql`e.id`, type: "text" },
        ],
        direction,
      },
    });
  }
  const conditions = [...conditionsOf(filter), ...peopleConditions(filter)];
  return selectPage<RawElite, EliteRecord>(connection, { ...usual, select, conditions, ordering: orderingOf(order) });
}

/** A list in the order of people's votes: only elites with votes. */
async function listByPeople(
  connection: Connection,
  { filter, order: { direction }, page }: EliteList,
  field: PeopleOrderField,
): Promise<Page<EliteRecord>> {
  const started = startAtRecognition(filter, field, { elites: select, conditions: conditionsOf(filter) });
  const { rows, ...more } = await selectPage<RawElite & { votes: number; agreeing: number }, { elite: EliteRecord; first: number }>(
    connection,
    {
      select: Prisma.sql`SELECT e.*, p.votes, p.agreeing ${started.from}`,
      conditions: started.conditions,
      ordering: peopleOrdering(field, direction),
      page,
      toRow: ({ votes, agreeing, ...raw }) => ({ elite: toElite(raw), first: field === "votes" ? votes : agreeing / votes }),
      positionOf: ({ elite, first }) => [first, elite.image.sha256, elite.id],
      compareTo: (operator, position) => compareInIndex(field, operator, position),
    },
  );
  return { ...more, rows: rows.map(({ node, position }) => ({ node: node.elite, position })) };
}

/** The number of elites in a list. One in the order of people's votes is shorter than others. */
export function countElites(request: CountRequest, { filter, order: { field } }: Omit<EliteList, "page">): Promise<number> {
  const byPeople = isByPeople(field) ? field : null;
  if (byPeople === null && !filtersAsked(filter)) return countRows(request, from, [...conditionsOf(filter), ...peopleConditions(filter)]);
  const elites = Prisma.sql`SELECT e.id ${from}`;
  const started = startAtRecognition(filter, byPeople, { elites, conditions: conditionsOf(filter) });
  return countRows(request, started.from, started.conditions);
}

export async function findElites(connection: Connection, ids: readonly string[]): Promise<(EliteRecord | null)[]> {
  const rows = await connection.$queryRaw<RawElite[]>(Prisma.sql`${select} WHERE e.id = ANY (${[...ids]})`);
  return inOrderOf(ids, rows.map(toElite), (row) => row.id);
}

/** The current elites of each run, by niche. */
export async function findArchives(connection: Connection, runIds: readonly string[]): Promise<EliteRecord[][]> {
  const rows = await connection.$queryRaw<RawElite[]>(
    Prisma.sql`${select} WHERE e.run_id = ANY (${[...runIds]}) AND e.replaced_at IS NULL ORDER BY e.niche`,
  );
  return groupInOrderOf(runIds, rows.map(toElite), (row) => row.runId);
}

/** The archive after `generation`, by niche. */
export async function findArchiveAt(connection: Connection, input: { runId: string; generation: number }): Promise<EliteRecord[]> {
  const rows = await connection.$queryRaw<RawElite[]>(
    Prisma.sql`${select} WHERE e.run_id = ${input.runId} AND e.generation <= ${input.generation}
      AND (e.replaced_at IS NULL OR e.replaced_at > ${input.generation}) ORDER BY e.niche`,
  );
  return rows.map(toElite);
}

/** Each model's first elite in the workspace with at least `confidence`, or null. */
export async function findFirstFooled(
  connection: Connection,
  input: { scope: Scope; modelIds: readonly string[]; confidence: number },
): Promise<(EliteRecord | null)[]> {
  const rows = await connection.$queryRaw<(RawElite & { modelId: string })[]>(
    Prisma.sql`SELECT first.*, model.id AS "modelId" FROM unnest(${[...input.modelIds]}::text[]) AS model(id) CROSS JOIN LATERAL (
      ${select} WHERE r.model_id = model.id AND r.workspace_id = ${input.scope.workspaceId}
        AND e.stored_fitness >= ${input.confidence}::double precision
      ORDER BY g.created_at, e.generation, e.niche, e.id LIMIT 1) AS first`,
  );
  const byModel = new Map(rows.map(({ modelId, ...raw }) => [modelId, toElite(raw)]));
  return input.modelIds.map((id) => byModel.get(id) ?? null);
}

/** The current elites of one niche in several runs, by run number. */
export async function findElitesOfNiche(
  connection: Connection,
  input: { runIds: readonly string[]; niche: number },
): Promise<EliteRecord[]> {
  const rows = await connection.$queryRaw<RawElite[]>(
    Prisma.sql`${select} WHERE e.run_id = ANY (${[...input.runIds]}) AND e.niche = ${input.niche} AND e.replaced_at IS NULL ORDER BY r.number`,
  );
  return rows.map(toElite);
}
