/** The figures of a retraining chain that follow from its rows alone; `linkImages.ts` computes those that need the images of its links. */
import { createHash } from "node:crypto";
import { foolingConfidence } from "@pareidolia/core/foolingConfidence";
import { evaluationsPerNetwork } from "@pareidolia/core/runKinds/retraining";
import type { RowOf } from "@pareidolia/exchange/bundleTables";
import type { RunToCheck } from "./figuresToCheck.ts";
import { compareFigures, type Stated } from "./finding.ts";

type Link = RowOf<"links">;

/** SHA-256 of the packed images of a finished link; null for a link without. */
export function packedImagesOfRow({ state, metrics }: Pick<Link, "state" | "metrics">): string | null {
  const { images } = metrics as { readonly images?: unknown };
  return state === "SUCCEEDED" && typeof images === "string" ? images : null;
}

export async function checkChain({ row, name, plan, models, rows, report }: RunToCheck<"retraining">): Promise<boolean> {
  for await (const chain of rows("chains"))
    compareFigures(report, name, {
      "chains.dataset": [chain.dataset, plan.dataset],
      "chains.iterations": [chain.iterations, plan.iterations],
    });
  const links: Link[] = [];
  for await (const link of rows("links")) links.push(link);
  const finished = links.filter((link) => packedImagesOfRow(link) !== null);
  for (const link of links) {
    const place = `DNN_${link.iteration} of ${name}`;
    const model = link.model === null ? undefined : models[link.model];
    const isFinished = finished.includes(link);
    if (isFinished || (link.iteration > 1 && link.test_error !== null))
      compareFigures(report, place, { "links.test_error": [link.test_error, model?.test_error ?? null] });
    if (link.iteration === 1 || !isFinished) compareFigures(report, place, { "links.fooling_share": [link.fooling_share, null] });
    if (link.iteration === 1) compareFigures(report, place, { "links.fooling_images": [link.fooling_images, null] });
    if (!isFinished) compareFigures(report, place, { "links.median_confidence": [link.median_confidence, null] });
  }
  const fooled = new Set<number>();
  for await (const { iteration, stored_confidence: confidence } of rows("link_elites"))
    if (confidence >= foolingConfidence) fooled.add(iteration);
  compareFigures(report, name, {
    "runs.median": [row.median, finished.at(-1)?.median_confidence ?? null],
    "runs.fooling_count": [row.fooling_count, finished.filter(({ iteration }) => fooled.has(iteration)).length],
  });
  const evaluations = finished.length * evaluationsPerNetwork(plan);
  const hasEnded = row.state === "SUCCEEDED";
  if (hasEnded || row.evaluations < evaluations) compareFigures(report, name, { "runs.evaluations": [row.evaluations, evaluations] });
  if (hasEnded) compareFigures(report, name, { "runs.archive_hash": [row.archive_hash, hashOfLinks(finished, models)] });
  return finished.length === links.length;
}

/** As a chain hashes its finished links (`RetrainingChain.hash`). */
function hashOfLinks(finished: readonly Link[], models: readonly RowOf<"models">[]): Stated {
  const links = finished.map((link, at) => ({
    network: at + 1,
    model: at === 0 ? null : (models[link.model ?? -1]?.sha256 ?? null),
    images: packedImagesOfRow(link),
  }));
  return createHash("sha256").update(JSON.stringify(links)).digest("hex");
}
