/**
 * Conditions and orders by what people say about images. Postgres takes the four equal columns of a join with `recognition` for independent
 * conditions, expects no row, and reads whole tables. So lists say where to start: at `recognition`, row by row in the order of its index,
 * or at the results, looking up each one's row. OFFSET 0 keeps Postgres from turning either into a join.
 */

import { Prisma } from "../../generated/client.ts";
import type { Connection } from "../../server/database/database.ts";
import { type Direction, type Ordering, type OrderingColumn, type Position, whereAll } from "../../server/database/keyset.ts";
import type { ExperimentScope, Scope } from "../../server/scope/scope.ts";
import { type LabelledImages, recognitionOf } from "./labelledImages.ts";

export interface PeopleFilter {
  /** Whether an opened study asked about the image with the image's label. */
  readonly asked?: boolean | undefined;
  /** Bounds of the share that recognises the label, beyond guessing, 0 to 1. An image without such a share is within none. */
  readonly minimumShare?: number | undefined;
  readonly maximumShare?: number | undefined;
  readonly minimumVotes?: number | undefined;
}

export type PeopleOrderField = "share" | "votes";

export function isByPeople(field: string): field is PeopleOrderField {
  return field === "share" || field === "votes";
}

export interface PeopleList {
  readonly scope: Scope | ExperimentScope;
  readonly people?: PeopleFilter | undefined;
  /** Studies that are closed to the reader. A list by people's votes leaves out the images that they show, whose place would tell them. */
  readonly closedStudies?: readonly string[] | undefined;
}

/** The share that recognises the label, as the index has it, of rows with `corrected`. */
const share = Prisma.sql`(greatest(0, recognition.recognised::double precision / nullif(recognition.corrected_votes, 0)))`;
const corrected = Prisma.sql`recognition.corrected_votes > 0`;

const columns: Readonly<Record<PeopleOrderField, OrderingColumn>> = {
  share: { sql: share, type: "double precision" },
  votes: { sql: Prisma.sql`recognition.votes`, type: "integer" },
};

/** Whether the filter has conditions for images that were asked about. */
export function filtersAsked({ people }: PeopleList): boolean {
  const { asked, minimumShare, maximumShare, minimumVotes } = people ?? {};
  return asked === true || [minimumShare, maximumShare, minimumVotes].some((bound) => bound !== undefined);
}

/** Conditions for a row of `recognition`. @param order the list's, if it is by what people say: images without the figure have no place in it. */
function conditionsOfRow({ scope, people = {} }: PeopleList, order: PeopleOrderField | null): Prisma.Sql[] {
  const { minimumShare, maximumShare, minimumVotes } = people;
  // The workspace of the run, and the first column of the indices.
  const conditions = "workspaceId" in scope ? [Prisma.sql`recognition.workspace_id = ${scope.workspaceId}`] : [Prisma.sql`false`];
  if (order === "votes") conditions.push(Prisma.sql`recognition.votes > 0`);
  if (order === "share" || minimumShare !== undefined || maximumShare !== undefined) conditions.push(corrected);
  if (minimumShare !== undefined) conditions.push(Prisma.sql`${share} >= ${minimumShare}::double precision`);
  if (maximumShare !== undefined) conditions.push(Prisma.sql`${share} <= ${maximumShare}::double precision`);
  if (minimumVotes !== undefined) conditions.push(Prisma.sql`recognition.votes >= ${minimumVotes}::int`);
  return conditions;
}

const isOpen = ({ closedStudies = [] }: PeopleList, { imageSha256 }: LabelledImages): Prisma.Sql[] =>
  closedStudies.length === 0
    ? []
    : [
        Prisma.sql`NOT EXISTS (SELECT FROM study_images closed WHERE closed.image_sha256 = ${imageSha256}
          AND closed.role = 'COUNTED' AND closed.study_id = ANY (${[...closedStudies]}) OFFSET 0)`,
      ];

/** Conditions for a list that starts at the images. */
export function peopleConditions(list: PeopleList, images: LabelledImages): Prisma.Sql[] {
  const conditions: Prisma.Sql[] = [];
  if (filtersAsked(list))
    conditions.push(
      Prisma.sql`EXISTS (SELECT FROM recognition ${whereAll([recognitionOf(images), ...conditionsOfRow(list, null)])} OFFSET 0)`,
    );
  if (list.people?.asked === false)
    conditions.push(Prisma.sql`NOT EXISTS (SELECT FROM recognition WHERE ${recognitionOf(images)} OFFSET 0)`);
  return conditions.length === 0 ? [] : [...conditions, ...isOpen(list, images)];
}

/**
 * FROM of a list that starts at the rows of `recognition`, and its conditions.
 * @param shown SELECT and FROM of images, whose columns the list then has as those of `shown`.
 */
export function startAtRecognition(
  list: PeopleList,
  order: PeopleOrderField | null,
  {
    images,
    shown,
    conditions,
  }: { readonly images: LabelledImages; readonly shown: Prisma.Sql; readonly conditions: readonly Prisma.Sql[] },
): { readonly from: Prisma.Sql; readonly conditions: Prisma.Sql[] } {
  const neverAsked = list.people?.asked === false ? [Prisma.sql`false`] : [];
  return {
    from: Prisma.sql`FROM recognition CROSS JOIN LATERAL (
      ${shown} ${whereAll([recognitionOf(images), ...conditions, ...isOpen(list, images)])} OFFSET 0) shown`,
    conditions: [...conditionsOfRow(list, order), ...neverAsked],
  };
}

export function peopleOrdering(field: PeopleOrderField, direction: Direction): Ordering {
  return {
    columns: [columns[field], { sql: Prisma.sql`recognition.image_sha256`, type: "text" }, { sql: Prisma.sql`shown.id`, type: "text" }],
    direction,
  };
}

/**
 * Comparison with a position. Its first part is the place in the index, which lacks the row's ID. Postgres would take one comparison of all
 * columns for one of the first column, and expect no row where all images have equal votes.
 */
export function compareInIndex(field: PeopleOrderField, operator: "<" | ">", [first, sha256, id]: Position): Prisma.Sql {
  const { sql, type } = columns[field];
  const ofIndex = (sign: string): Prisma.Sql =>
    Prisma.sql`(${sql}, recognition.image_sha256) ${Prisma.raw(sign)} (${first}::${Prisma.raw(type)}, ${sha256}::text)`;
  return Prisma.sql`${ofIndex(`${operator}=`)} AND (${ofIndex(operator)} OR shown.id ${Prisma.raw(operator)} ${id}::text)`;
}

/** ORDER BY of the index that has the filter's bounds, or those of the list's order. */
export function orderInIndex({ people }: PeopleList, order: string): Prisma.Sql {
  const ofShare = order === "share" || people?.minimumShare !== undefined || people?.maximumShare !== undefined;
  return Prisma.sql`ORDER BY ${columns[ofShare ? "share" : "votes"].sql}, recognition.image_sha256`;
}

/** Up to this number of images, a list in another order starts at `recognition` and sorts them all. */
const few = 2_000;

/** Whether few images satisfy the filter. Otherwise the images that satisfy it are dense enough to be found in the list's own order. */
export async function hasFewImages(connection: Connection, list: PeopleList): Promise<boolean> {
  const [found] = await connection.$queryRaw<{ readonly count: number }[]>(Prisma.sql`
    SELECT count(*)::int AS count FROM (SELECT FROM recognition ${whereAll(conditionsOfRow(list, null))} LIMIT ${few + 1}) AS first`);
  return (found?.count ?? 0) <= few;
}
