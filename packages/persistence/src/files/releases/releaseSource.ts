/** Reads what a release contains besides the votes: the study, its images with networks and genomes, and its voters. */
import type { StudyImageRole } from "@pareidolia/core/studyState";
import type { Connection } from "../../server/database/database.ts";
import { liveRuns } from "../../server/scope/live.ts";

export interface ReleaseStudy {
  readonly number: number;
  readonly planText: string;
  readonly planHash: string;
}

/** Null for a draft. */
export async function findReleaseStudy(connection: Connection, studyId: string): Promise<ReleaseStudy | null> {
  const study = await connection.study.findUnique({ where: { id: studyId }, select: { number: true, planText: true, planHash: true } });
  if (study === null || study.planText === null || study.planHash === null) return null;
  return { number: study.number, planText: study.planText, planHash: study.planHash };
}

export interface ReleaseImage {
  readonly role: StudyImageRole;
  readonly index: number;
  readonly source: string;
  readonly confidence: number | null;
  /** Name of the network; null without one. */
  readonly model: string | null;
  /** Of an elite: its encoding, and the SHA-256 of its genome's canonical bytes. */
  readonly encoding: string | null;
  readonly genome: string | null;
  /** The generation of the elite. */
  readonly generation: number | null;
}

/** All images of a study, by role and index. An image of a trashed run is released without its genome, as one of a deleted run is. */
export function findReleaseImages(connection: Connection, studyId: string): Promise<ReleaseImage[]> {
  return connection.$queryRaw<ReleaseImage[]>`
    SELECT s.role::text AS role, s.index, s.source, s.confidence, m.name AS model, r.method AS encoding, g.sha256 AS genome, e.generation
    FROM study_images s LEFT JOIN models m ON m.id = s.model_id LEFT JOIN (elites e JOIN genomes g ON g.id = e.genome_id
      JOIN ${liveRuns} r ON r.id = g.run_id) ON e.id = s.elite_id
    WHERE s.study_id = ${studyId} ORDER BY s.role, s.index`;
}

export interface ReleaseVoter {
  readonly number: number;
  readonly items: readonly number[];
  readonly finished: boolean;
  readonly insider: boolean;
  /** Whether the voter saw the still version. */
  readonly still: boolean;
  readonly language: string;
  readonly consentVersion: number;
}

/** Voters who have not withdrawn, by number. */
export function findReleaseVoters(connection: Connection, studyId: string): Promise<ReleaseVoter[]> {
  return connection.$queryRaw<ReleaseVoter[]>`
    SELECT number, items, finished_at IS NOT NULL AS finished, insider, still, language, consent_version AS "consentVersion"
    FROM study_voters WHERE study_id = ${studyId} AND withdrawn_at IS NULL ORDER BY number`;
}

/** The canonical bytes of a genome with this hash that are in a row; null if they are the object genomes/<sha256>. */
export async function findGenomeBytesByHash(connection: Connection, studyId: string, sha256: string): Promise<Uint8Array | null> {
  const [row] = await connection.$queryRaw<{ readonly bytes: Uint8Array }[]>`
    SELECT g.bytes FROM study_images s JOIN elites e ON e.id = s.elite_id JOIN genomes g ON g.id = e.genome_id
    JOIN ${liveRuns} r ON r.id = g.run_id WHERE s.study_id = ${studyId} AND g.sha256 = ${sha256} AND g.bytes IS NOT NULL LIMIT 1`;
  return row === undefined ? null : new Uint8Array(row.bytes);
}
