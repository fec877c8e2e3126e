/** Whether parts of an image carry its confidence a little each (the paper, section 3.4): regions of the best images are painted over. */
import { type Ablation, ablate } from "@pareidolia/analysis/ablation";
import { bootstrapInterval } from "@pareidolia/analysis/bootstrap";
import { wilsonInterval } from "@pareidolia/analysis/wilson";
import { median } from "@pareidolia/evolution/statistics";
import { judge, noBar, type ReportRow } from "../report.ts";
import type { StudiedElite } from "./evolvedArchive.ts";
import type { Budget, Experiment, Figure, FigureImage } from "./experiment.ts";
import { shortLabel } from "./shortLabel.ts";
import { evolveStudiedArchives } from "./studiedArchives.ts";

const regions = 8;
/** With their maps, in the figure of a network. */
const shownImages = 3;
/** Okabe and Ito's vermilion and blue. */
const lost = [213, 94, 0];
const gained = [0, 114, 178];
const imagesPerSeed: Readonly<Record<Budget, number>> = { quick: 8, full: 24 };

export const ablation: Experiment = {
  id: "ablation",
  description: "regions of the most confident images painted over: what each one carries",
  presets: [],
  async run(options) {
    const { studied, missing, generations } = await evolveStudiedArchives(options);
    const lines: string[][] = [];
    const rows: ReportRow[] = [];
    const figures: Figure[] = [];
    for (const { id, classifier, archives } of studied) {
      let lowered = 0;
      const largest: number[] = [];
      const shown: FigureImage[] = [];
      for (const { seed, archive } of archives) {
        const best = [...archive.elites].sort((a, b) => b.confidence - a.confidence).slice(0, imagesPerSeed[options.budget]);
        for (const elite of best) {
          const { image, niche } = elite;
          const ablation = await ablate({ image, classIndex: niche, classifier, regions, paint: "mean" });
          const { confidence, regions: cut } = ablation;
          if (shown.length < 2 * shownImages) shown.push(...drawAblation(elite, ablation, shortLabel(classifier.labels, niche)));
          const drops = cut.map(({ drop }) => drop);
          if (median(drops) > 0) lowered++;
          largest.push(Math.max(...drops));
          lines.push([id, String(seed), String(niche), confidence.toFixed(4), median(drops).toFixed(5), Math.max(...drops).toFixed(4)]);
        }
        options.onProgress(`${id}, seed ${seed}: ${best.length} images ablated`);
      }
      if (largest.length === 0) continue;
      figures.push({
        kind: "images",
        title: `What the regions of an image carry, on ${id}`,
        caption:
          "Each image beside its map: in orange the confidence that is lost when a region is painted over with the image's mean colour, in blue what is gained; the strongest region is the full colour.",
        images: shown,
        columns: 4,
      });
      const share = wilsonInterval(lowered, largest.length);
      const middle = bootstrapInterval(largest, median, { seed: 1 });
      rows.push(
        judge({
          id: `ablation.${id}.lowered`,
          finding: true,
          what: `share of images in which most of ${regions} x ${regions} regions lower the confidence when painted over`,
          figure: share.estimate,
          bar: { above: 0.5 },
          detail: `${lowered} of ${largest.length} images, 95% interval ${share.low.toFixed(2)} to ${share.high.toFixed(2)}`,
        }),
        {
          id: `ablation.${id}.largest-drop`,
          finding: true,
          what: "confidence that one region takes away, the one that takes most; median over the images",
          figure: middle.estimate,
          bar: noBar,
          holds: true,
          detail: `95% interval ${middle.low.toFixed(3)} to ${middle.high.toFixed(3)}, the most ${Math.max(...largest).toFixed(3)}`,
        },
      );
    }
    if (rows.length === 0)
      rows.push(
        judge({
          finding: true,
          id: "ablation",
          what: "regions painted over",
          figure: null,
          bar: { above: 0.5 },
          detail: missing.join(" "),
        }),
      );
    return {
      head: ["model", "seed", "class", "confidence", "median drop", "largest drop"],
      lines,
      rows,
      figures,
      ran: { cppn: generations },
    };
  },
};

/** The image, and the image in faint grey under the drop of each region. */
function drawAblation({ image }: StudiedElite, { confidence, regions: cut }: Ablation, label: string): readonly FigureImage[] {
  const strongest = Math.max(...cut.map(({ drop }) => Math.abs(drop)));
  const { width, height, channels } = image;
  const pixels = new Uint8Array(width * height * 3);
  for (const { x, y, width: across, height: down, drop } of cut) {
    const share = strongest === 0 ? 0 : Math.abs(drop) / strongest;
    const colour = drop >= 0 ? lost : gained;
    for (let row = y; row < y + down; row++)
      for (let column = x; column < x + across; column++) {
        const at = row * width + column;
        const values = image.pixels.subarray(at * channels, (at + 1) * channels);
        const faint = 160 + 0.3 * (values.reduce((sum, value) => sum + value, 0) / channels);
        for (const [channel, value] of colour.entries()) pixels[at * 3 + channel] = Math.round((1 - share) * faint + share * value);
      }
  }
  const largest = cut.reduce((most, region) => (region.drop > most.drop ? region : most));
  return [
    { image, caption: `${label} ${confidence.toFixed(4)}` },
    { image: { width, height, channels: 3, pixels }, caption: `largest drop ${largest.drop.toFixed(4)}` },
  ];
}
