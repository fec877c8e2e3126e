/** A run with everything that its results follow from: its complete plan and its model. */
import { AppError } from "@pareidolia/core/appError";
import type { Parameters } from "@pareidolia/core/parameterSpec";
import type { Framing, Preprocessing } from "@pareidolia/core/preprocessing";
import { getRunKind, isRunKind, type Planned, type RunKind } from "@pareidolia/core/runKinds/registry";
import type { StoredPlan } from "@pareidolia/core/runKinds/runKind";
import type { RunState } from "@pareidolia/core/runState";
import { Prisma } from "../../generated/client.ts";
import type { Connection } from "../../server/database/database.ts";

interface WholeBase {
  readonly id: string;
  readonly number: number;
  readonly modelId: string;
  readonly modelSlug: string;
  readonly modelSha256: string;
  readonly modelOrigin: string;
  readonly modelLabels: readonly string[];
  readonly modelPreprocessing: Preprocessing | null;
  readonly preset: string;
  readonly parameters: Parameters;
  readonly framing: Framing;
  readonly seed: number;
  readonly manifest: unknown;
  /** The sweep that it is part of; null otherwise. */
  readonly sweepId: string | null;
}

/** A run of one kind, or of any kind. */
export type WholeRun<Kind extends RunKind = RunKind> = WholeBase & Planned<Kind> & { readonly kind: Kind };

export interface WholeRunRow extends WholeBase, StoredPlan {
  readonly kind: RunKind;
}

/** Of `runs r` and `models m`. */
export const wholeRunColumns = Prisma.sql`r.id, r.number, r.model_id AS "modelId", m.slug AS "modelSlug", m.sha256 AS "modelSha256",
  m.origin AS "modelOrigin", m.labels AS "modelLabels", m.preprocessing AS "modelPreprocessing", r.kind, r.preset, r.parameters,
  r.plan AS document, r.source_sha256 AS "sourceSha256", r.framing, r.seed, r.manifest, r.sweep_id AS "sweepId"`;

/** @throws AppError CORRUPT_DATA for an unknown kind, and for a plan that does not match its kind. */
export function toWholeRun({ document, sourceSha256, kind, ...base }: WholeRunRow): WholeRun {
  if (!isRunKind(kind)) throw new AppError("CORRUPT_DATA", `RUN-${base.number} is of a kind that this version does not know.`);
  return { ...base, ...getRunKind(kind).parse({ document, sourceSha256 }) };
}

/** A run with its state, to compute it again. */
export type EarlierRun<Kind extends RunKind = RunKind> = WholeRun<Kind> & {
  readonly workspaceId: string;
  readonly experimentId: string;
  readonly state: RunState;
  /** The last generation in the checkpoint; -1 before the first and for kinds without generations. */
  readonly generation: number;
  /** SHA-256 of the archive after it, or of the results of another kind of run; null before. */
  readonly archiveHash: string | null;
  /** The last generation, or the number of links, of the run that it was forked from; null for a run that is no fork. */
  readonly forkGeneration: number | null;
  /** Whether a retention rule has removed its replaced elites. */
  readonly isTrimmed: boolean;
};

type EarlierRow = WholeRunRow &
  Pick<EarlierRun, "workspaceId" | "experimentId" | "state" | "generation" | "archiveHash" | "forkGeneration" | "isTrimmed">;

/** Null for an unknown run. @throws AppError CORRUPT_DATA for a plan that does not match its kind. */
export async function findEarlierRun(connection: Connection, runId: string): Promise<EarlierRun | null> {
  const [row] = await connection.$queryRaw<EarlierRow[]>(Prisma.sql`
    SELECT ${wholeRunColumns}, r.workspace_id AS "workspaceId", r.experiment_id AS "experimentId", r.state::text AS state, r.generation,
      r.archive_hash AS "archiveHash", r.forked_from_generation AS "forkGeneration", r.trimmed_at IS NOT NULL AS "isTrimmed"
    FROM runs r JOIN models m ON m.id = r.model_id WHERE r.id = ${runId}`);
  if (row === undefined) return null;
  const { workspaceId, experimentId, state, generation, archiveHash, forkGeneration, isTrimmed, ...rest } = row;
  return { workspaceId, experimentId, state, generation, archiveHash, forkGeneration, isTrimmed, ...toWholeRun(rest) };
}
