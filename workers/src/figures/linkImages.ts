/**
 * Computes the figures of a retraining chain's links again from the images that were evolved against each: the confidences of its network in
 * the last generation of each evolution. Rounding may move a confidence over .9999, or an image to another class, so counts are ranges.
 */
import { createHash } from "node:crypto";
import type { Classifier } from "@pareidolia/core/classifier";
import { type ByteImage, toFloatImage } from "@pareidolia/core/image";
import { unpackImages } from "@pareidolia/evolution/retraining/imagePack";
import { median } from "@pareidolia/evolution/statistics";
import type { RowOf } from "@pareidolia/exchange/bundleTables";
import { encodePng } from "@pareidolia/images/png";
import { packedImagesOfRow } from "./chainFigures.ts";
import type { FiguresToCheck } from "./figuresToCheck.ts";
import { compareFigures, type Report } from "./finding.ts";

export interface LinkImagesToCheck extends FiguresToCheck {
  /** The file with this SHA-256. */
  readonly readFile: (sha256: string) => Promise<Uint8Array>;
  /** A network by its number in the bundle; null if it is not here. */
  readonly open: (model: number) => Promise<Classifier | null>;
  readonly signal: AbortSignal;
  /** The largest difference of two confidences that rounding explains. */
  readonly tolerance: number;
}

interface Scored {
  /** By image. */
  readonly confidences: readonly number[];
  /** Images that the network assigns to the fooling class: certainly, and up to rounding. */
  readonly recognised: readonly [number, number];
}

export async function checkLinkImages(input: LinkImagesToCheck): Promise<void> {
  const { bundle, keyOf, report, readFile, open, tolerance } = input;
  const models: RowOf<"models">[] = [];
  for await (const row of bundle.rows("models")) models.push(row);
  const runs: RowOf<"runs">[] = [];
  for await (const row of bundle.rows("runs")) runs.push(row);
  const elites = new Map<string, RowOf<"link_elites">[]>();
  for await (const row of bundle.rows("link_elites")) {
    const key = `${row.run} ${row.iteration}`;
    elites.set(key, [...(elites.get(key) ?? []), row]);
  }
  const evolved = new Map<number, number>();
  for await (const link of bundle.rows("links")) {
    const run = runs[link.run] as RowOf<"runs">;
    const packed = packedImagesOfRow(link);
    const name = keyOf(link.run);
    const place = `DNN_${link.iteration} of ${name}`;
    const before = evolved.get(link.run) ?? 0;
    if (link.iteration > 1 && link.fooling_images !== null)
      compareFigures(report, place, { "links.fooling_images": [link.fooling_images, before] });
    if (packed === null || link.model === null) continue;
    const images = unpackImages(await readFile(packed));
    evolved.set(link.run, before + images.length);
    compareFigures(report, `evolvedImages of ${place}`, { "links.metrics": [countOf(link.metrics), images.length] });
    const classes = models[run.model]?.labels.length ?? 0;
    const evolutions = lastGenerations(images, { classes, runs: Number((run.parameters as { readonly runs?: unknown }).runs) });
    if (evolutions === null) {
      report({ column: "links.metrics", place: `images of ${place}`, stored: images.length, computed: 2 * classes });
      continue;
    }
    checkElites(elites.get(`${link.run} ${link.iteration}`) ?? [], evolutions[0] ?? [], { place, report });
    const network = await open(link.model);
    if (network === null) continue;
    const scored = await scoreAll(evolutions, network, { classes, tolerance, signal: input.signal });
    checkLink(link, scored, { place, tolerance, report });
  }
}

function countOf(metrics: unknown): number | null {
  const { evolvedImages } = metrics as { readonly evolvedImages?: unknown };
  return typeof evolvedImages === "number" ? evolvedImages : null;
}

/** Of each evolution, the images of its first generation come before those of its last, each in the order of the classes. */
function lastGenerations(
  images: readonly ByteImage[],
  { classes, runs }: { readonly classes: number; readonly runs: number },
): readonly (readonly ByteImage[])[] | null {
  if (images.length !== runs * 2 * classes) return null;
  return Array.from({ length: runs }, (_, run) => images.slice((2 * run + 1) * classes, (2 * run + 2) * classes));
}

function checkElites(
  rows: readonly RowOf<"link_elites">[],
  images: readonly ByteImage[],
  { place, report }: { readonly place: string; readonly report: Report },
): void {
  for (const [niche, image] of images.entries()) {
    const row = rows[niche];
    const sha256 = createHash("sha256").update(encodePng(image)).digest("hex");
    compareFigures(report, `class ${niche} of ${place}`, {
      "link_elites.niche": [row?.niche ?? null, niche],
      "link_elites.image": [row?.image ?? null, sha256],
    });
  }
}

/** In the batches in which the chain scored them. */
async function scoreAll(
  evolutions: readonly (readonly ByteImage[])[],
  network: Classifier,
  { classes: ofData, tolerance, signal }: { readonly classes: number; readonly tolerance: number; readonly signal: AbortSignal },
): Promise<Scored> {
  const confidences: number[] = [];
  let [certain, possible] = [0, 0];
  for (const images of evolutions) {
    const { probabilities, classes } = await network.predict(images.map(toFloatImage), signal);
    for (const niche of images.keys()) {
      const row = probabilities.subarray(niche * classes, (niche + 1) * classes);
      confidences.push(row[niche] as number);
      const [known, fooling] = [Math.max(...row.subarray(0, ofData)), Math.max(...row.subarray(ofData))];
      if (fooling - known > tolerance) certain++;
      if (fooling - known > -tolerance) possible++;
    }
  }
  return { confidences, recognised: [certain, possible] };
}

interface Within {
  readonly place: string;
  readonly tolerance: number;
  readonly report: Report;
}

function checkLink(link: RowOf<"links">, { confidences, recognised }: Scored, { place, tolerance, report }: Within): void {
  const computed = median(confidences);
  if (!(Math.abs((link.median_confidence ?? Number.NaN) - computed) <= tolerance))
    report({ column: "links.median_confidence", place, stored: link.median_confidence, computed });
  if (link.iteration === 1) return;
  const count = (link.fooling_share ?? Number.NaN) * confidences.length;
  const [least, most] = recognised;
  if (!(count >= least - tolerance && count <= most + tolerance))
    report({ column: "links.fooling_share", place, stored: link.fooling_share, computed: least / confidences.length });
}
