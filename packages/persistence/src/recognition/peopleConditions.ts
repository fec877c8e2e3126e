/**
 * Conditions and orderings of a list of elites by what people say about their images. They use the row `p` of `recognition`, which the list
 * joins to the elite `e`, its genome `g`, run `r` and model `m`.
 */
import type { Direction, Ordering, OrderingColumn, PageRequest } from "../database/keyset.ts";
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

/** The share as the index has it; null without votes. */
const share = Prisma.sql`(p.agreeing::double precision / nullif(p.votes, 0))`;

const columns: Readonly<Record<PeopleOrderField, OrderingColumn>> = {
  share: { sql: share, type: "double precision" },
  votes: { sql: Prisma.sql`p.votes`, type: "integer" },
};

function readsRecognition({ people, order }: PeopleList): boolean {
  const { asked, minimumShare, maximumShare, minimumVotes } = people ?? {};
  return order !== null || asked === true || [minimumShare, maximumShare, minimumVotes].some((bound) => bound !== undefined);
}

export interface PeopleList {
  readonly scope: Scope | ExperimentScope;
  readonly people: PeopleFilter | undefined;
  /** Null for a list in another order. */
  readonly order: PeopleOrderField | null;
  /** Studies that are closed to the reader. A list by people's votes leaves out the images that they show, whose place would tell them. */
  readonly closedStudies: readonly string[];
}

/** To append to the list's FROM. */
export function joinRecognition(list: PeopleList): Prisma.Sql {
  return readsRecognition(list) ? Prisma.sql` JOIN recognition p ON ${recognitionOfElite}` : Prisma.empty;
}

export function peopleConditions(list: PeopleList): Prisma.Sql[] {
  const { scope, people = {}, order, closedStudies } = list;
  const { asked, minimumShare, maximumShare, minimumVotes } = people;
  const conditions: Prisma.Sql[] = [];
  const reads = readsRecognition(list);
  // Equal to the run's workspace, and the first column of the indices.
  if (reads && "workspaceId" in scope) conditions.push(Prisma.sql`p.workspace_id = ${scope.workspaceId}`);
  if (asked === false) conditions.push(Prisma.sql`NOT EXISTS (SELECT FROM recognition p WHERE ${recognitionOfElite})`);
  if (order !== null || minimumShare !== undefined || maximumShare !== undefined) conditions.push(Prisma.sql`p.votes > 0`);
  if (minimumShare !== undefined) conditions.push(Prisma.sql`${share} >= ${minimumShare}::double precision`);
  if (maximumShare !== undefined) conditions.push(Prisma.sql`${share} <= ${maximumShare}::double precision`);
  if (minimumVotes !== undefined) conditions.push(Prisma.sql`p.votes >= ${minimumVotes}::int`);
  if (closedStudies.length > 0 && (reads || asked === false))
    conditions.push(Prisma.sql`NOT EXISTS (SELECT FROM study_images closed WHERE closed.image_sha256 = g.image_sha256
      AND closed.role = 'COUNTED' AND closed.study_id = ANY (${[...closedStudies]}))`);
  return conditions;
}

export function peopleOrdering(field: PeopleOrderField, direction: Direction): Ordering {
  return {
    columns: [columns[field], { sql: Prisma.sql`p.image_sha256`, type: "text" }, { sql: Prisma.sql`e.id`, type: "text" }],
    direction,
  };
}

/** Where the index starts and ends for a page: the position without the elite, which is not in the index. */
export function boundsInIndex(field: PeopleOrderField, direction: Direction, { after, before }: PageRequest): Prisma.Sql[] {
  const { sql, type } = columns[field];
  const ascending = direction === "ASC";
  const bound = (position: PageRequest["after"], isLowest: boolean): Prisma.Sql[] =>
    position === null
      ? []
      : [
          Prisma.sql`(${sql}, p.image_sha256) ${Prisma.raw(isLowest ? ">=" : "<=")} (${position[0]}::${Prisma.raw(type)}, ${position[1]}::text)`,
        ];
  return [...bound(after, ascending), ...bound(before, !ascending)];
}
