/**
 * Lists of elites by what people say about their images. Postgres takes the four equal columns of a join with `recognition` for independent
 * conditions, expects no row, and reads whole tables. So these lists say where to start: at `recognition`, row by row in the order of its
 * index, or at the elites, looking up each one's row. OFFSET 0 keeps Postgres from turning either into a join.
 */
import type { Connection } from "../database/database.ts";
import { type Direction, type Ordering, type OrderingColumn, type Position, whereAll } from "../database/keyset.ts";
import { Prisma } from "../generated/client.ts";
import type { ExperimentScope, Scope } from "../scope/scope.ts";
import { recognitionOfElite } from "./readRecognition.ts";

export interface PeopleFilter {
  /** Whether an opened study asked about the image with the elite's label. */
  readonly asked?: boolean | undefined;
  /** Bounds of the share of votes that agree with the label, 0 to 1. An image without votes is within none. */
  readonly minimumShare?: number | undefined;
  readonly maximumShare?: number | undefined;
  readonly minimumVotes?: number | undefined;
}

export type PeopleOrderField = "share" | "votes";

export interface PeopleList {
  readonly scope: Scope | ExperimentScope;
  readonly people?: PeopleFilter | undefined;
  /** Studies that are closed to the reader. A list by people's votes leaves out the images that they show, whose place would tell them. */
  readonly closedStudies?: readonly string[] | undefined;
}

/** The share as the index has it; null without votes. */
const share = Prisma.sql`(p.agreeing::double precision / nullif(p.votes, 0))`;

const columns: Readonly<Record<PeopleOrderField, OrderingColumn>> = {
  share: { sql: share, type: "double precision" },
  votes: { sql: Prisma.sql`p.votes`, type: "integer" },
};

/** Whether the filter has conditions for images that were asked about. */
export function filtersAsked({ people }: PeopleList): boolean {
  const { asked, minimumShare, maximumShare, minimumVotes } = people ?? {};
  return asked === true || [minimumShare, maximumShare, minimumVotes].some((bound) => bound !== undefined);
}

/** Conditions for a row `p` of `recognition`. @param order the list's, if it is by what people say: images without votes have no place in it. */
function conditionsOfRow({ scope, people = {} }: PeopleList, order: PeopleOrderField | null): Prisma.Sql[] {
  const { minimumShare, maximumShare, minimumVotes } = people;
  // The workspace of the run, and the first column of the indices.
  const conditions = "workspaceId" in scope ? [Prisma.sql`p.workspace_id = ${scope.workspaceId}`] : [Prisma.sql`false`];
  if (order !== null || minimumShare !== undefined || maximumShare !== undefined) conditions.push(Prisma.sql`p.votes > 0`);
  if (minimumShare !== undefined) conditions.push(Prisma.sql`${share} >= ${minimumShare}::double precision`);
  if (maximumShare !== undefined) conditions.push(Prisma.sql`${share} <= ${maximumShare}::double precision`);
  if (minimumVotes !== undefined) conditions.push(Prisma.sql`p.votes >= ${minimumVotes}::int`);
  return conditions;
}

const isOpen = ({ closedStudies = [] }: PeopleList): Prisma.Sql[] =>
  closedStudies.length === 0
    ? []
    : [
        Prisma.sql`NOT EXISTS (SELECT FROM study_images closed WHERE closed.image_sha256 = g.image_sha256
          AND closed.role = 'COUNTED' AND closed.study_id = ANY (${[...closedStudies]}) OFFSET 0)`,
      ];

/** Conditions for a list that starts at the elites. */
export function peopleConditions(list: PeopleList): Prisma.Sql[] {
  const conditions: Prisma.Sql[] = [];
  if (filtersAsked(list))
    conditions.push(
      Prisma.sql`EXISTS (SELECT FROM recognition p ${whereAll([recognitionOfElite, ...conditionsOfRow(list, null)])} OFFSET 0)`,
    );
  if (list.people?.asked === false)
    conditions.push(Prisma.sql`NOT EXISTS (SELECT FROM recognition p WHERE ${recognitionOfElite} OFFSET 0)`);
  return conditions.length === 0 ? [] : [...conditions, ...isOpen(list)];
}

/**
 * FROM of a list that starts at the rows of `recognition`, and its conditions.
 * @param elites SELECT and FROM of elites, whose columns the list then has as those of `e`.
 */
export function startAtRecognition(
  list: PeopleList,
  order: PeopleOrderField | null,
  { elites, conditions }: { readonly elites: Prisma.Sql; readonly conditions: readonly Prisma.Sql[] },
): { readonly from: Prisma.Sql; readonly conditions: Prisma.Sql[] } {
  const neverAsked = list.people?.asked === false ? [Prisma.sql`false`] : [];
  return {
    from: Prisma.sql`FROM recognition p CROSS JOIN LATERAL (
      ${elites} ${whereAll([recognitionOfElite, ...conditions, ...isOpen(list)])} OFFSET 0) e`,
    conditions: [...conditionsOfRow(list, order), ...neverAsked],
  };
}

export function peopleOrdering(field: PeopleOrderField, direction: Direction): Ordering {
  return {
    columns: [columns[field], { sql: Prisma.sql`p.image_sha256`, type: "text" }, { sql: Prisma.sql`e.id`, type: "text" }],
    direction,
  };
}

/**
 * Comparison with a position. Its first part is the place in the index, which lacks the elite. Postgres would take one comparison of all
 * columns for one of the first column, and expect no row where all images have equal votes.
 */
export function compareInIndex(field: PeopleOrderField, operator: "<" | ">", [first, sha256, id]: Position): Prisma.Sql {
  const { sql, type } = columns[field];
  const ofIndex = (sign: string): Prisma.Sql =>
    Prisma.sql`(${sql}, p.image_sha256) ${Prisma.raw(sign)} (${first}::${Prisma.raw(type)}, ${sha256}::text)`;
  return Prisma.sql`${ofIndex(`${operator}=`)} AND (${ofIndex(operator)} OR e.id ${Prisma.raw(operator)} ${id}::text)`;
}

/** Up to this number of images, a list in another order starts at `recognition` and sorts them all. */
const few = 2_000;

/** Whether few images satisfy the filter. Otherwise the elites that satisfy it are dense enough to be found in the list's own order. */
export async function hasFewImages(connection: Connection, list: PeopleList): Promise<boolean> {
  const [found] = await connection.$queryRaw<{ readonly count: number }[]>(Prisma.sql`
    SELECT count(*)::int AS count FROM (SELECT FROM recognition p ${whereAll(conditionsOfRow(list, null))} LIMIT ${few + 1}) AS first`);
  return (found?.count ?? 0) <= few;
}
