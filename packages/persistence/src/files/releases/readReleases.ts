/** Reads releases of studies. */
import type { StudyState } from "@pareidolia/core/studyState";
import { Prisma } from "../../generated/client.ts";
import type { WorkState } from "../../lab/analyses/readAnalyses.ts";
import type { Connection } from "../../server/database/database.ts";
import { inOrderOf } from "../../server/database/inOrderOf.ts";
import type { StoredPart } from "../../server/objectStores/storedPart.ts";

/** Numbers of files in the archive, of distinct images and genomes, of voters, of rows of trials, and of counted votes. */
export interface ReleaseCounts {
  readonly files: number;
  readonly images: number;
  readonly genomes: number;
  readonly voters: number;
  readonly trials: number;
  readonly votes: number;
}

export interface ReleaseRecord {
  readonly id: string;
  /** The study's. */
  readonly workspaceId: string;
  readonly studyId: string;
  readonly createdById: string;
  /** From 1, unique in the study. */
  readonly number: number;
  /** Such as 1.0.0. */
  readonly version: string;
  /** The release package's description, without the version of the software. */
  readonly description: unknown;
  readonly state: WorkState;
  readonly done: number;
  readonly total: number | null;
  readonly failure: string | null;
  /** Of the archive; null, like the following, until it is stored. */
  readonly sha256: string | null;
  readonly byteLength: number | null;
  readonly counts: ReleaseCounts | null;
  readonly studyState: StudyState | null;
  /** Voters of the release who have withdrawn since. */
  readonly withdrawnSince: number;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
}

const select = Prisma.sql`
  SELECT r.id, s.workspace_id AS "workspaceId", r.study_id AS "studyId", r.created_by_id AS "createdById", r.number, r.version, r.description,
    r.state::text AS state, r.done, r.total, r.failure, r.sha256, r.byte_length::float8 AS "byteLength", r.counts,
    r.study_state::text AS "studyState", r.created_at AS "createdAt", r.started_at AS "startedAt", r.ended_at AS "endedAt",
    CASE WHEN r.state = 'SUCCEEDED' THEN (
      SELECT count(*)::int FROM study_voters v
      WHERE v.study_id = r.study_id AND v.number <= r.last_voter_number AND v.withdrawn_at IS NOT NULL) - r.withdrawn_voters
    ELSE 0 END AS "withdrawnSince"
  FROM releases r JOIN studies s ON s.id = r.study_id JOIN workspaces w ON w.id = s.workspace_id
  WHERE w.deleted_at IS NULL`;

/** In the order of `ids`; null for an unknown one, and for those of a deleted workspace. */
export async function findReleases(connection: Connection, ids: readonly string[]): Promise<(ReleaseRecord | null)[]> {
  const rows = await connection.$queryRaw<ReleaseRecord[]>(Prisma.sql`${select} AND r.id = ANY (${[...ids]})`);
  return inOrderOf(ids, rows, ({ id }) => id);
}

/** Latest first. */
export function findReleasesOfStudy(connection: Connection, studyId: string): Promise<ReleaseRecord[]> {
  return connection.$queryRaw<ReleaseRecord[]>(Prisma.sql`${select} AND r.study_id = ${studyId} ORDER BY r.number DESC`);
}

/** The parts of a release's archive, in order. */
export function findReleaseParts(connection: Connection, releaseId: string): Promise<StoredPart[]> {
  return connection.releasePart.findMany({
    where: { releaseId },
    select: { sha256: true, byteLength: true },
    orderBy: { index: "asc" },
  });
}
