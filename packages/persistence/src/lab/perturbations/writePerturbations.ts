/** Writes the results of attacks, one per bound. */
import type { Connection } from "../../server/database/database.ts";
import { perturbationIdOf } from "../../server/database/deterministicIds.ts";
import { type ScoredImage, writeImages } from "../images/writeImages.ts";
import { writeScores } from "../scores/writeScores.ts";

export interface StoredPerturbation {
  readonly index: number;
  readonly bound: number | null;
  readonly success: boolean;
  readonly steps: number;
  readonly linf: number;
  readonly l2: number;
  readonly l0: number;
  readonly originalClass: number;
  readonly originalConfidence: number;
  readonly storedClass: number;
  readonly storedConfidence: number;
  readonly storedTargetConfidence: number | null;
  /** During the attack, on float pixels: in the target or, without one, in the original's class. */
  readonly confidence: number;
  readonly original: ScoredImage;
  readonly image: ScoredImage;
}

export async function writePerturbations(
  connection: Connection,
  {
    runId,
    modelId,
    perturbations,
  }: { readonly runId: string; readonly modelId: string; readonly perturbations: readonly StoredPerturbation[] },
): Promise<void> {
  const images = perturbations.flatMap(({ original, image }) => [original, image]);
  await writeImages(connection, images);
  await writeScores(connection, modelId, images);
  await connection.perturbation.createMany({
    data: perturbations.map(({ original, image, ...row }) => ({
      id: perturbationIdOf(runId, row.index),
      runId,
      ...row,
      originalSha256: original.image.sha256,
      imageSha256: image.image.sha256,
    })),
    skipDuplicates: true,
  });
}

export interface PerturbationEnd {
  readonly index: number;
  readonly success: boolean;
  readonly steps: number;
  readonly storedClass: number;
  /** During the attack, on float pixels, and on the decoded bytes of the stored image. */
  readonly confidence: number;
  readonly storedConfidence: number;
  readonly imageSha256: string;
}

/** A run's stored results, by index. */
export function readPerturbationEnds(connection: Connection, runId: string): Promise<PerturbationEnd[]> {
  return connection.perturbation.findMany({
    where: { runId },
    orderBy: { index: "asc" },
    select: { index: true, success: true, steps: true, storedClass: true, confidence: true, storedConfidence: true, imageSha256: true },
  });
}
