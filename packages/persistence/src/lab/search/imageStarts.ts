/**
 * Where a list of the gallery's images starts. Without a start, Postgres reads the list's order and drops the images that do not match, which
 * is fast where many match. Where few do, they are gathered first: by their runs, classes, bytes or votes. Elites of a network and a method are
 * in the list's order in indices of their own.
 */
import { foolingConfidence } from "@pareidolia/core/foolingConfidence";
import { type CheckedComparison, type CheckedSearch, mentions } from "@pareidolia/search/checkedSearch";
import { isAlsoOfRun } from "@pareidolia/search/fields/imageFields";
import { Prisma } from "../../generated/client.ts";
import { containing } from "../../server/database/containing.ts";
import type { Connection } from "../../server/database/database.ts";
import { type PagePart, whereAll } from "../../server/database/keyset.ts";
import { compileSearch } from "./compileSearch.ts";
import { double, integer, type SearchReader, type Test } from "./fieldSql.ts";
import { hasShare, isAboutImage, recognisedShare, selectClasses } from "./imageColumns.ts";
import type { ImageSource } from "./imageSources.ts";
import { runDialect } from "./runColumns.ts";
import { fromRuns } from "./searchRuns.ts";

/** Up to this number of images are gathered and sorted. */
const few = 20_000;
const maxRuns = 2_000;
const maxClasses = 1_000;
const maxMethods = 100;

/** Rows of which each leads to images. */
interface Parts {
  readonly from: Prisma.Sql;
  /** Whether an image `g` belongs to the part. */
  isOf(source: ImageSource): Prisma.Sql;
}

export interface ImageStart {
  /** Each image is of one of them at most. Empty for the list's own order. */
  readonly parts: readonly Parts[];
  /** Whether an index has each part in the list's order, so that a page of each is enough. */
  readonly inOrder: boolean;
}

/** Where each table starts. */
export type ImageStarts = (source: ImageSource) => ImageStart;

const inOrderOfList: ImageStart = { parts: [], inOrder: true };
const gathered = (...parts: readonly Parts[]): ImageStart => ({ parts, inOrder: false });

const partsOfRuns = (ids: readonly string[]): Parts => ({
  from: Prisma.sql`unnest(${[...ids]}::text[]) AS part(run_id)`,
  isOf: () => Prisma.sql`g.run_id = part.run_id`,
});

interface ClassOfModel {
  readonly modelId: string;
  readonly class: number;
}

const partsOfClasses = (classes: readonly ClassOfModel[]): Parts => ({
  from: Prisma.sql`unnest(${classes.map(({ modelId }) => modelId)}::text[], ${classes.map((each) => each.class)}::int[]) AS part(model_id, class)`,
  isOf: () => Prisma.sql`g.model_id = part.model_id AND g.class = part.class`,
});

/** Images that satisfy a condition which an index finds. */
const partOf = (condition: Prisma.Sql): Parts => ({ from: Prisma.sql`(VALUES (1)) AS part(one)`, isOf: () => condition });

/** For the dialects of single comparisons. */
function noWords(): never {
  throw new Error("A comparison contains no words.");
}

/** Every condition of the search that an image must meet. */
const conditionsOf = (search: CheckedSearch | null): readonly CheckedSearch[] => {
  if (search === null) return [];
  return search.kind === "and" ? search.parts.flatMap(conditionsOf) : [search];
};

function isOfRun(search: CheckedSearch): boolean {
  if (search.kind === "text") return false;
  if (search.kind === "comparison") return isAlsoOfRun(search.field);
  return search.kind === "not" ? isOfRun(search.part) : search.parts.every(isOfRun);
}

/** Whether no image without a value of the field satisfies it. */
const needsValue = ({ operator, values }: CheckedComparison): boolean => operator !== "!=" && values.every(({ kind }) => kind !== "none");

interface FoundRuns {
  /** One more than `maxRuns` at most. */
  readonly ids: readonly string[] | null;
  readonly images: number;
}

/** The runs that satisfy a condition, with the number of their images, for each table: those that have rows there. */
async function findRuns(
  connection: Connection,
  { scope }: SearchReader,
  { condition, sources }: { readonly condition: Prisma.Sql; readonly sources: readonly ImageSource[] },
): Promise<readonly FoundRuns[]> {
  const figures = sources.map(
    ({ total }) => Prisma.sql`jsonb_build_object('ids', to_jsonb((array_agg(r.id) FILTER (WHERE o.${total} > 0))[1:${maxRuns + 1}::int]),
      'images', coalesce(sum(o.${total}), 0))`,
  );
  const [found] = await connection.$queryRaw<{ figures: FoundRuns[] }[]>(Prisma.sql`
    SELECT jsonb_build_array(${Prisma.join(figures)}) AS figures ${fromRuns} JOIN (SELECT *, 0 AS none FROM run_totals) o ON o.run_id = r.id
    WHERE r.workspace_id = ${scope.workspaceId} AND ${condition}`);
  return found?.figures ?? [];
}

const isFew = (runs: FoundRuns | undefined): runs is FoundRuns =>
  runs !== undefined && runs.images <= few && (runs.ids ?? []).length <= maxRuns;

async function findClasses(connection: Connection, reader: SearchReader, test: Test): Promise<readonly ClassOfModel[] | null> {
  const classes = await connection.$queryRaw<ClassOfModel[]>(
    Prisma.sql`SELECT named.model_id AS "modelId", named.class FROM (${selectClasses(reader, test)}) AS named LIMIT ${maxClasses + 1}`,
  );
  return classes.length > maxClasses ? null : classes;
}

/** The number of current elites of the classes, at most `few` + 1. */
async function countOfClasses(connection: Connection, { scope }: SearchReader, classes: readonly ClassOfModel[]): Promise<number> {
  const [found] = await connection.$queryRaw<{ count: number }[]>(Prisma.sql`SELECT count(*)::int AS count FROM (
    SELECT FROM ${partsOfClasses(classes).from} CROSS JOIN LATERAL (SELECT FROM elites e WHERE e.workspace_id = ${scope.workspaceId}
      AND e.model_id = part.model_id AND e.niche = part.class AND e.replaced_at IS NULL LIMIT ${few + 1}) AS g LIMIT ${few + 1}) AS found`);
  return found?.count ?? 0;
}

/** The rows of `recognition` that satisfy a comparison with what people say. */
async function startAtVotes(connection: Connection, reader: SearchReader, own: readonly CheckedSearch[]): Promise<ImageStart | null> {
  const about = own.filter((each) => each.kind === "comparison" && ["votes", "recognised"].includes(each.field.name) && needsValue(each));
  if (about.length === 0 || reader.readsRecognition !== true) return null;
  const dialect = {
    reader,
    sqlOf: ({ name }: { readonly name: string }) => (name === "votes" ? integer(Prisma.sql`recognition.votes`) : double(recognisedShare)),
    containsText: noWords,
  };
  const ofShare = about.some((each) => each.kind === "comparison" && each.field.name === "recognised");
  const rows = Prisma.sql`recognition ${whereAll([
    ...(ofShare ? [hasShare] : []),
    Prisma.sql`recognition.workspace_id = ${reader.scope.workspaceId}`,
    ...about.map((each) => compileSearch(each, dialect)),
  ])}`;
  const [found] = await connection.$queryRaw<{ count: number }[]>(
    Prisma.sql`SELECT count(*)::int AS count FROM (SELECT FROM ${rows} LIMIT ${few + 1}) AS found`,
  );
  if ((found?.count ?? 0) > few) return null;
  const isOf = (source: ImageSource) => Prisma.sql`${source.isOfImage(Prisma.sql`recognition.image_sha256`)} AND ${isAboutImage}`;
  return gathered({ from: Prisma.sql`(SELECT * FROM ${rows}) AS recognition`, isOf });
}

async function startAtClasses(
  connection: Connection,
  reader: SearchReader,
  { own, byConfidence }: { readonly own: readonly CheckedSearch[]; readonly byConfidence: boolean },
): Promise<ImageStart | null> {
  const named = own.find((each) => each.kind === "comparison" && each.field.name === "class" && needsValue(each));
  if (named === undefined) return null;
  const dialect = {
    reader,
    sqlOf: () => ({ value: null, type: "text" as const, some: (test: Test) => test(Prisma.sql`label.name`) }),
    containsText: noWords,
  };
  const classes = await findClasses(connection, reader, () => compileSearch(named, dialect));
  if (classes === null) return null;
  if ((await countOfClasses(connection, reader, classes)) <= few) return gathered(partsOfClasses(classes));
  return byConfidence ? { parts: [partsOfClasses(classes)], inOrder: true } : null;
}

/** A word is in a text of a run, or in a label. */
async function startAtText(
  connection: Connection,
  reader: SearchReader,
  { own, sources }: { readonly own: readonly CheckedSearch[]; readonly sources: readonly ImageSource[] },
): Promise<ImageStarts | null> {
  const word = own.find((each) => each.kind === "text");
  if (word?.kind !== "text") return null;
  const pattern = containing(word.text);
  const classes = await findClasses(connection, reader, (name) => Prisma.sql`${name} ILIKE ${pattern}`);
  if (classes === null || (await countOfClasses(connection, reader, classes)) > few) return null;
  const runs = await findRuns(connection, reader, { condition: runDialect(reader).containsText(pattern), sources });
  return (source) => {
    const ofSource = runs[sources.indexOf(source)];
    if (!isFew(ofSource)) return inOrderOfList;
    const ids = ofSource.ids ?? [];
    const others: Parts = {
      ...partsOfClasses(classes),
      isOf: () => Prisma.sql`g.model_id = part.model_id AND g.class = part.class AND g.run_id <> ALL (${[...ids]}::text[])`,
    };
    return gathered(partsOfRuns(ids), others);
  };
}

/** Few images have a confidence beyond a bound. Successful attacks have no index. */
async function startAtConfidence(connection: Connection, reader: SearchReader, own: readonly CheckedSearch[]): Promise<ImageStarts | null> {
  const isBound = (each: CheckedSearch) =>
    each.kind === "comparison" && (each.field.name === "confidence" ? each.operator !== "!=" : each.field.name === "reached");
  const bound = own.find(isBound);
  if (bound?.kind !== "comparison") return null;
  const isReached = bound.field.name === "reached";
  const [value] = bound.values;
  if (isReached && !(bound.operator === "=" && value?.kind === "flag" && value.flag)) return null;
  const column = double(Prisma.sql`g.confidence`);
  const dialect = { reader, sqlOf: () => ({ ...column, isNeverNull: true }), containsText: noWords };
  const condition = isReached ? Prisma.sql`g.confidence >= ${Prisma.raw(`${foolingConfidence}`)}` : compileSearch(bound, dialect);
  const [found] = await connection.$queryRaw<{ count: number }[]>(Prisma.sql`SELECT count(*)::int AS count FROM (
    SELECT FROM (SELECT e.stored_fitness AS confidence FROM elites e WHERE e.workspace_id = ${reader.scope.workspaceId} AND e.replaced_at IS NULL) g
    WHERE ${condition} LIMIT ${few + 1}) AS found`);
  if ((found?.count ?? 0) > few) return null;
  return ({ kind }) => (kind === "evolution" ? gathered(partOf(condition)) : inOrderOfList);
}

/** The pairs of a network and a method of the runs. */
async function startAtMethods(connection: Connection, { scope }: SearchReader, condition: Prisma.Sql): Promise<ImageStarts | null> {
  const methods = await connection.$queryRaw<{ modelId: string; method: string }[]>(Prisma.sql`
    SELECT DISTINCT r.model_id AS "modelId", r.method ${fromRuns} WHERE r.workspace_id = ${scope.workspaceId} AND r.method IS NOT NULL
      AND ${condition} LIMIT ${maxMethods + 1}`);
  if (methods.length > maxMethods) return null;
  const [models, names] = [methods.map(({ modelId }) => modelId), methods.map(({ method }) => method)];
  const parts: Parts = {
    from: Prisma.sql`unnest(${models}::text[], ${names}::text[]) AS part(model_id, method)`,
    isOf: () => Prisma.sql`g.model_id = part.model_id AND g.method = part.method`,
  };
  return ({ hasMethods }) => (hasMethods ? { parts: [parts], inOrder: true } : inOrderOfList);
}

export interface StartRequest {
  readonly reader: SearchReader;
  readonly search: CheckedSearch | null;
  readonly eliteIds?: readonly string[] | undefined;
  readonly sources: readonly ImageSource[];
  readonly byConfidence: boolean;
}

export async function findStarts(connection: Connection, request: StartRequest): Promise<ImageStarts> {
  const { reader, search, eliteIds, sources } = request;
  if (eliteIds !== undefined) {
    const from = Prisma.sql`unnest(${[...eliteIds]}::text[]) AS part(id)`;
    return () => gathered({ from, isOf: () => Prisma.sql`g.id = part.id` });
  }
  const own = conditionsOf(search);
  const votes = await startAtVotes(connection, reader, own);
  if (votes !== null) return () => votes;
  // A kind is the same for all rows of a table: Postgres reads no other table.
  const ofRun = own.filter((each) => isOfRun(each) && !(each.kind === "comparison" && each.field.name === "kind"));
  const condition = Prisma.join([Prisma.sql`true`, ...ofRun.map((each) => compileSearch(each, runDialect(reader)))], " AND ");
  const runs = ofRun.length === 0 ? [] : await findRuns(connection, reader, { condition, sources });
  const runsOf = (source: ImageSource) => (source.kind === "retraining" ? undefined : runs[sources.indexOf(source)]);
  const others = await startWithoutRuns(connection, {
    ...request,
    own,
    condition,
    hasRuns: ofRun.length > 0,
    areFewRuns: sources.every((source) => isFew(runsOf(source)) || source.kind === "retraining"),
  });
  return (source) => {
    const few = runsOf(source);
    if (isFew(few)) return gathered(partsOfRuns(few.ids ?? []));
    return source.kind === "retraining" ? inOrderOfList : others(source);
  };
}

/** Where tables with many images of the matching runs start. */
async function startWithoutRuns(
  connection: Connection,
  request: StartRequest & {
    readonly own: readonly CheckedSearch[];
    readonly condition: Prisma.Sql;
    readonly hasRuns: boolean;
    readonly areFewRuns: boolean;
  },
): Promise<ImageStarts> {
  const { reader, own, condition, hasRuns, areFewRuns } = request;
  // The estimates below count current elites, of which replaced ones may be a hundred times as many.
  const hasReplaced = mentions(request.search, "replaced");
  if (areFewRuns) return () => inOrderOfList;
  if (hasReplaced) return hasRuns ? ((await startAtMethods(connection, reader, condition)) ?? (() => inOrderOfList)) : () => inOrderOfList;
  const classes = await startAtClasses(connection, reader, request);
  if (classes !== null) return () => classes;
  const found = (await startAtText(connection, reader, request)) ?? (await startAtConfidence(connection, reader, own));
  if (found !== null) return found;
  return hasRuns ? ((await startAtMethods(connection, reader, condition)) ?? (() => inOrderOfList)) : () => inOrderOfList;
}

/** The rows of one table in the list, as SELECT: ordered and limited as given. */
export function startRows(source: ImageSource, { parts, inOrder }: ImageStart, { conditions, order }: PagePart): Prisma.Sql {
  if (parts.length === 0) return Prisma.sql`SELECT g.* FROM ${source.rows} g ${whereAll(conditions)} ${order}`;
  const found = parts.map(
    (each) => Prisma.sql`SELECT g.* FROM ${each.from} CROSS JOIN LATERAL (
      SELECT g.* FROM ${source.rows} g ${whereAll([each.isOf(source), ...conditions])} ${inOrder ? order : Prisma.sql`OFFSET 0`}) AS g`,
  );
  return Prisma.sql`SELECT g.* FROM (${Prisma.join(found, " UNION ALL ")}) AS g ${order}`;
}
