/** Reads studies of what people see. */
import type { StudyAccess, StudyState } from "@pareidolia/core/studyState";
import { Prisma } from "../../generated/client.ts";
import { containing } from "../../server/database/containing.ts";
import { type CountRequest, countRows } from "../../server/database/countRows.ts";
import type { Connection } from "../../server/database/database.ts";
import { inOrderOf } from "../../server/database/inOrderOf.ts";
import { type Page, type PageRequest, selectPage } from "../../server/database/keyset.ts";
import type { Scope } from "../../server/scope/scope.ts";
import { hasAwaitingImages } from "../norming/awaitingImages.ts";
import { counts } from "../voting/voteCounters.ts";

export interface StudyRecord {
  readonly id: string;
  readonly workspaceId: string;
  readonly workspaceName: string;
  readonly createdById: string;
  readonly number: number;
  readonly title: string;
  readonly state: StudyState;
  readonly access: StudyAccess;
  /** The secret part of the voters' link. Only for researchers. */
  readonly linkToken: string | null;
  /** Perception's StudyDraft as JSON. */
  readonly draft: unknown;
  readonly revision: number;
  readonly seed: number;
  /** Null in a draft. */
  readonly planText: string | null;
  readonly planHash: string | null;
  readonly forkedFromId: string | null;
  readonly voteCount: number;
  readonly lastVoteAt: Date | null;
  readonly openedAt: Date | null;
  readonly closedAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface StudyListFilter {
  readonly scope: Scope;
  readonly states?: readonly StudyState[] | undefined;
  readonly search?: string | undefined;
  /** Only studies with images that await this user. */
  readonly awaitedBy?: string | undefined;
}

const selectStudies = Prisma.sql`
  SELECT s.id, s.workspace_id AS "workspaceId", w.name AS "workspaceName", s.created_by_id AS "createdById", s.number, s.title,
    s.state::text AS state, s.access::text AS access, s.link_token AS "linkToken", s.draft, s.revision, s.seed, s.plan_text AS "planText",
    s.plan_hash AS "planHash", s.forked_from_id AS "forkedFromId", s.vote_count AS "voteCount", s.last_vote_at AS "lastVoteAt",
    s.opened_at AS "openedAt", s.closed_at AS "closedAt", s.created_at AS "createdAt", s.updated_at AS "updatedAt"
  FROM studies s JOIN workspaces w ON w.id = s.workspace_id`;

/** Studies of a deleted workspace are hidden, as if they were deleted. */
const undeleted = Prisma.sql`w.deleted_at IS NULL`;

function conditionsOf(filter: StudyListFilter): Prisma.Sql[] {
  const conditions = [Prisma.sql`s.workspace_id = ${filter.scope.workspaceId}`];
  if (filter.states !== undefined) conditions.push(Prisma.sql`s.state = ANY (${[...filter.states]}::text[]::"StudyState"[])`);
  for (const word of filter.search?.split(/\s+/) ?? []) {
    const pattern = containing(word);
    conditions.push(Prisma.sql`(s.title ILIKE ${pattern} OR 'STU-' || s.number ILIKE ${pattern})`);
  }
  if (filter.awaitedBy !== undefined) conditions.push(hasAwaitingImages(filter.awaitedBy));
  return conditions;
}

/** Latest first. */
export function listStudies(
  connection: Connection,
  input: { readonly filter: StudyListFilter; readonly page: PageRequest },
): Promise<Page<StudyRecord>> {
  return selectPage<StudyRecord, StudyRecord>(connection, {
    select: selectStudies,
    conditions: conditionsOf(input.filter),
    ordering: {
      columns: [
        { sql: Prisma.sql`s.created_at`, type: "timestamptz" },
        { sql: Prisma.sql`s.id`, type: "text" },
      ],
      direction: "DESC",
    },
    page: input.page,
    toRow: (row) => row,
    positionOf: (row) => [row.createdAt.toISOString(), row.id],
  });
}

export function countStudies(request: CountRequest, filter: StudyListFilter): Promise<number> {
  return countRows(request, Prisma.sql`FROM studies s`, conditionsOf(filter));
}

/** In the order of `ids`; null for an unknown one. */
export async function findStudies(connection: Connection, ids: readonly string[]): Promise<(StudyRecord | null)[]> {
  const rows = await connection.$queryRaw<StudyRecord[]>(Prisma.sql`${selectStudies} WHERE ${undeleted} AND s.id = ANY (${[...ids]})`);
  return inOrderOf(ids, rows, (row) => row.id);
}

export async function findStudiesByNumber(
  connection: Connection,
  input: { readonly scope: Scope; readonly numbers: readonly number[] },
): Promise<(StudyRecord | null)[]> {
  const rows = await connection.$queryRaw<StudyRecord[]>(
    Prisma.sql`${selectStudies} WHERE ${undeleted} AND s.workspace_id = ${input.scope.workspaceId} AND s.number = ANY (${[...input.numbers]}::int[])`,
  );
  return inOrderOf(input.numbers, rows, (row) => row.number);
}

/** The study in which every visitor with this link can vote; null if there is none. */
export async function findStudyByLink(connection: Connection, linkToken: string): Promise<StudyRecord | null> {
  const [row] = await connection.$queryRaw<StudyRecord[]>(Prisma.sql`${selectStudies} WHERE ${undeleted} AND s.link_token = ${linkToken}`);
  return row ?? null;
}

export interface StudyVoters {
  readonly studyId: string;
  /** Voters who have not withdrawn. */
  readonly voters: number;
  /** Those of them who finished all their trials. */
  readonly finished: number;
}

/** In the order of `ids`. */
export async function countStudyVoters(connection: Connection, ids: readonly string[]): Promise<StudyVoters[]> {
  const rows = await connection.$queryRaw<StudyVoters[]>`
    SELECT study_id AS "studyId", count(*)::int AS voters, count(finished_at)::int AS finished
    FROM study_voters WHERE study_id = ANY (${[...ids]}) AND withdrawn_at IS NULL GROUP BY study_id`;
  return inOrderOf(ids, rows, (row) => row.studyId).map((row, index) => row ?? { studyId: ids[index] as string, voters: 0, finished: 0 });
}

/** Counted votes of insiders, in the order of `ids`. Finds them voter by voter, since insiders are few and votes may be many. */
export async function countInsiderVotes(connection: Connection, ids: readonly string[]): Promise<number[]> {
  const rows = await connection.$queryRaw<{ readonly studyId: string; readonly votes: number }[]>`
    SELECT v.study_id AS "studyId", sum(own.votes)::int AS votes FROM study_voters v
    CROSS JOIN LATERAL (SELECT count(*) AS votes FROM votes WHERE voter_id = v.id AND ${counts}) own
    WHERE v.study_id = ANY (${[...ids]}) AND v.insider AND v.withdrawn_at IS NULL GROUP BY v.study_id`;
  return inOrderOf(ids, rows, (row) => row.studyId).map((row) => row?.votes ?? 0);
}
