/**
 * Computes everything again that a bundle states: the confidences of networks in its images, the figures of links and attacks from images, and
 * all other figures from its rows. What the process that reads the file has checked is not repeated here: addresses, genomes and images.
 */
import { verificationTolerance } from "@pareidolia/analysis/kinds/verification";
import type { BundleRows } from "@pareidolia/exchange/restoring/restorable";
import { decodePng } from "@pareidolia/images/png";
import type { Connection } from "@pareidolia/persistence/server/database/database";
import { fileKey, imageKey, type ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import type { OpenClassifier } from "../../classifierShelf.ts";
import { checkAttackImages } from "../../figures/attackImages.ts";
import { checkFigures } from "../../figures/checkFigures.ts";
import { Findings } from "../../figures/finding.ts";
import { checkLinkImages } from "../../figures/linkImages.ts";
import { type BundleNetwork, networkToOpen } from "./openNetworks.ts";
import { type BundleScores, scoreBundle } from "./scoreBundle.ts";

export interface ContentToCheck {
  readonly bundle: BundleRows;
  readonly networks: readonly BundleNetwork[];
  /** The key of a run where the bundle was made. */
  readonly keyOf: (run: number) => string;
  readonly connection: Connection;
  readonly objectStore: Pick<ObjectStore, "get">;
  readonly openClassifier: OpenClassifier;
  /** For temporary files. */
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly onScored: (count: number) => Promise<void>;
}

/** @throws AppError CORRUPT_DATA naming what differs. */
export async function checkContent({ connection, ...content }: ContentToCheck): Promise<BundleScores> {
  const { bundle, networks, keyOf, objectStore, openClassifier, signal } = content;
  const findings = new Findings();
  const figures = { bundle, keyOf, report: findings.report };
  const tolerance = verificationTolerance;
  const scores = await scoreBundle({ ...content, ...figures, kept: connection, tolerance });
  await checkLinkImages({
    ...figures,
    readFile: (sha256) => objectStore.get(fileKey(sha256)),
    open: (model) => openClassifier(networkToOpen(networks[model] as BundleNetwork, { kind: "whole" })),
    signal,
    tolerance,
  });
  await checkAttackImages(figures, async (sha256) => decodePng(await objectStore.get(imageKey(sha256))));
  await checkFigures(figures);
  findings.refuse();
  return scores;
}
