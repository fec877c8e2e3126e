/** Writes the links of a chain and the models that they train, in the run's fenced transaction. */
import { createHash } from "node:crypto";
import type { Preprocessing } from "@pareidolia/core/preprocessing";
import type { Prisma } from "../../generated/client.ts";
import type { Connection } from "../../server/database/database.ts";
import { type ScoredImage, writeImages } from "../images/writeImages.ts";
import { writeFigures } from "../runs/writeFigures.ts";
import { writeScores } from "../scores/writeScores.ts";
import type { ChainRecord } from "./readChains.ts";

export async function markLinkRunning(connection: Connection, linkId: string): Promise<void> {
  await connection.chainLink.updateMany({
    where: { id: linkId, state: { not: "RUNNING" } },
    data: { state: "RUNNING", startedAt: new Date() },
  });
}

export interface TrainedLink {
  readonly linkId: string;
  readonly chain: ChainRecord;
  readonly iteration: number;
  readonly sha256: string;
  readonly byteLength: number;
  readonly labels: readonly string[];
  readonly labelSpace: string;
  readonly preprocessing: Preprocessing;
  readonly testError: number;
  readonly foolingImages: number;
  readonly metrics: Readonly<Record<string, number>>;
}

/** Registers the trained network as a model of the workspace. Its id follows from the chain and the iteration. */
export async function writeTrainedLink(connection: Connection, trained: TrainedLink): Promise<string> {
  const { chain, iteration, labels, preprocessing } = trained;
  const id = `model_${createHash("sha256").update(`chain:${chain.id}:${iteration}`).digest("hex").slice(0, 24)}`;
  const { width, height, channels } = preprocessing;
  const row = {
    workspaceId: chain.workspaceId,
    origin: "chain",
    slug: id,
    name: `${chain.name}, DNN_${iteration}`,
    description: `Trained with a class for images that fooled DNN_1 to DNN_${iteration - 1}.`,
    licence: "",
    source: "Trained here by a retraining chain",
    sha256: trained.sha256,
    byteLength: trained.byteLength,
    width,
    height,
    channels,
    labels: [...labels],
    labelSpace: trained.labelSpace,
    preprocessing: { ...preprocessing } as Prisma.InputJsonObject,
    testError: trained.testError,
  };
  await connection.model.upsert({ where: { id }, create: { id, ...row }, update: row });
  await connection.chainLink.update({
    where: { id: trained.linkId },
    data: { modelId: id, testError: trained.testError, foolingImages: trained.foolingImages, metrics: { ...trained.metrics } },
  });
  return id;
}

export interface FooledLink {
  readonly runId: string;
  readonly linkId: string;
  readonly modelId: string;
  readonly testError: number | null;
  readonly medianConfidence: number;
  readonly foolingShare: number | null;
  readonly metrics: Readonly<Record<string, number | string>>;
  readonly elites: readonly (ScoredImage & {
    readonly niche: number;
    readonly confidence: number;
    readonly storedConfidence: number;
  })[];
}

/** Also brings the figures of the run up to date. */
export async function writeFooledLink(connection: Connection, fooled: FooledLink): Promise<void> {
  const { runId, linkId, elites } = fooled;
  await writeImages(connection, elites);
  await writeScores(connection, fooled.modelId, elites);
  await connection.chainElite.createMany({
    data: elites.map(({ niche, confidence, storedConfidence, image }) => ({
      linkId,
      niche,
      confidence,
      storedConfidence,
      imageSha256: image.sha256,
    })),
    skipDuplicates: true,
  });
  await connection.chainLink.update({
    where: { id: linkId },
    data: {
      state: "SUCCEEDED",
      endedAt: new Date(),
      testError: fooled.testError,
      medianConfidence: fooled.medianConfidence,
      foolingShare: fooled.foolingShare,
      metrics: { ...fooled.metrics },
    },
  });
  await writeFigures(connection, [runId]);
}
