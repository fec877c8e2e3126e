/** Reads voters, their answers, and the studies in which they vote. A session or the code to withdraw is stored as SHA-256 only. */
import type { StudyAccess, StudyImageRole, StudyState } from "@pareidolia/core/studyState";
import { Prisma } from "../../generated/client.ts";
import type { Connection } from "../../server/database/database.ts";
import type { Scope } from "../../server/scope/scope.ts";

/** A study without its plan, which can be long and never changes. */
export interface BallotStudyRecord {
  readonly id: string;
  readonly workspaceId: string;
  readonly workspaceName: string;
  readonly createdById: string;
  readonly number: number;
  readonly title: string;
  readonly state: StudyState;
  readonly access: StudyAccess;
  readonly linkToken: string | null;
  readonly draft: unknown;
  readonly closedAt: Date | null;
}

export interface VoterRecord {
  readonly id: string;
  readonly studyId: string;
  /** From 0, in order of arrival. */
  readonly number: number;
  /** Null for a voter without an account. */
  readonly userId: string | null;
  readonly insider: boolean;
  /** Whether the voter sees the still version. */
  readonly still: boolean;
  readonly sessionHash: string | null;
  readonly withdrawalHash: string | null;
  readonly language: string;
  /** Indices of the counted images that the voter sees. */
  readonly items: readonly number[];
  readonly trialCount: number;
  /** The voter's part of the addresses of images. */
  readonly imageKey: string | null;
  readonly joinedAt: Date;
  /** Null while no answers have confirmed the voter's place. */
  readonly confirmedAt: Date | null;
  readonly leaseExpiresAt: Date;
  readonly finishedAt: Date | null;
}

/** Drafts have no ballot. */
const selectStudies = Prisma.sql`
  SELECT s.id, s.workspace_id AS "workspaceId", w.name AS "workspaceName", s.created_by_id AS "createdById", s.number, s.title,
    s.state::text AS state, s.access::text AS access, s.link_token AS "linkToken", s.draft, s.closed_at AS "closedAt"
  FROM studies s JOIN workspaces w ON w.id = s.workspace_id
  WHERE s.state <> 'DRAFT'`;

export type StudyAddress = { readonly id: string } | { readonly linkToken: string } | { readonly scope: Scope; readonly number: number };

function conditionOf(address: StudyAddress): Prisma.Sql {
  if ("id" in address) return Prisma.sql`s.id = ${address.id}`;
  if ("linkToken" in address) return Prisma.sql`s.link_token = ${address.linkToken}`;
  return Prisma.sql`s.workspace_id = ${address.scope.workspaceId} AND s.number = ${address.number}`;
}

/** Null for a draft, for an unknown study, and for one of a deleted workspace, which is hidden as if it were deleted. */
export async function findBallotStudy(connection: Connection, address: StudyAddress): Promise<BallotStudyRecord | null> {
  const conditions = Prisma.sql`${conditionOf(address)} AND w.deleted_at IS NULL`;
  const [row] = await connection.$queryRaw<BallotStudyRecord[]>(Prisma.sql`${selectStudies} AND ${conditions}`);
  return row ?? null;
}

/** As `findBallotStudy`, and those of deleted workspaces, which keep their voters' data until they can no longer be restored. */
export async function findStudyToWithdraw(connection: Connection, address: StudyAddress): Promise<BallotStudyRecord | null> {
  const [row] = await connection.$queryRaw<BallotStudyRecord[]>(Prisma.sql`${selectStudies} AND ${conditionOf(address)}`);
  return row ?? null;
}

export interface LockedStudy {
  /** Canonical. */
  readonly planText: string;
  /** Of the addresses of its images. */
  readonly imageSecret: string;
}

/** What never changes in an opened study; null for a draft. */
export async function readLockedStudy(connection: Connection, studyId: string): Promise<LockedStudy | null> {
  const study = await connection.study.findUnique({ where: { id: studyId }, select: { planText: true, imageSecret: true } });
  return study === null || study.planText === null ? null : { planText: study.planText, imageSecret: study.imageSecret };
}

const voterColumns = {
  id: true,
  studyId: true,
  number: true,
  userId: true,
  insider: true,
  still: true,
  sessionHash: true,
  withdrawalHash: true,
  language: true,
  items: true,
  trialCount: true,
  imageKey: true,
  joinedAt: true,
  confirmedAt: true,
  leaseExpiresAt: true,
  finishedAt: true,
} as const;

/** Null for an unknown session, and after its voter withdrew. */
export function findVoterBySession(connection: Connection, sessionHash: string): Promise<VoterRecord | null> {
  return connection.studyVoter.findUnique({ where: { sessionHash }, select: voterColumns });
}

/** The member's participation; null before the member joined, and after the member withdrew. */
export function findVoterOfUser(
  connection: Connection,
  address: { readonly studyId: string; readonly userId: string },
): Promise<VoterRecord | null> {
  return connection.studyVoter.findUnique({ where: { studyId_userId: address }, select: voterColumns });
}

export function findVoterByCode(
  connection: Connection,
  address: { readonly studyId: string; readonly withdrawalHash: string },
): Promise<VoterRecord | null> {
  return connection.studyVoter.findUnique({ where: { studyId_withdrawalHash: address }, select: voterColumns });
}

export function findVoterByKey(
  connection: Connection,
  address: { readonly studyId: string; readonly idempotencyKey: string },
): Promise<VoterRecord | null> {
  return connection.studyVoter.findUnique({ where: { studyId_idempotencyKey: address }, select: voterColumns });
}

/** The numbers of a voter's answered and skipped trials, ascending. */
export async function findAnsweredTrials(connection: Connection, voterId: string): Promise<number[]> {
  const votes = await connection.vote.findMany({ where: { voterId }, select: { trial: true }, orderBy: { trial: "asc" } });
  return votes.map(({ trial }) => trial);
}

export interface VoterAnswer {
  readonly trial: number;
  /** Perception's Answer; null for a skipped trial. */
  readonly answer: unknown;
}

/** A voter's answers to trials of one role, by trial. */
export function findAnswersOfRole(
  connection: Connection,
  { voterId, role }: { readonly voterId: string; readonly role: StudyImageRole },
): Promise<VoterAnswer[]> {
  return connection.vote.findMany({ where: { voterId, role }, select: { trial: true, answer: true }, orderBy: { trial: "asc" } });
}

/** Of these studies, those that can still be voted in and in which the user has joined and neither finished nor withdrawn. */
export async function findStudiesBeingVoted(
  connection: Connection,
  { userId, studyIds }: { readonly userId: string; readonly studyIds: readonly string[] },
): Promise<ReadonlySet<string>> {
  const voters = await connection.studyVoter.findMany({
    where: {
      userId,
      studyId: { in: [...studyIds] },
      finishedAt: null,
      withdrawnAt: null,
      study: { state: { in: ["OPEN", "PAUSED"] } },
    },
    select: { studyId: true },
  });
  return new Set(voters.map(({ studyId }) => studyId));
}
