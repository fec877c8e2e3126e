/**
 * Tests whether many parts of an image each contribute a little to its confidence (the paper, section 3.4): paints over regions of the
 * best images, and changes them at random by the same amount. An image passes if most regions lower the confidence, and cost more than
 * their random change.
 */
import { bootstrapInterval } from "@pareidolia/analysis/bootstrap";
import { ablateWithControl, type ControlledAblation } from "@pareidolia/analysis/controlledAblation";
import { wilsonInterval } from "@pareidolia/analysis/wilson";
import { median } from "@pareidolia/evolution/statistics";
import { judge, noBar, type ReportRow } from "../report.ts";
import { imagesOf, type StudiedArchive, type StudiedElite } from "./evolvedArchive.ts";
import type { Budget, Experiment, Figure, FigureImage } from "./experiment.ts";
import { imagenetNetworks } from "./networkRules.ts";
import { shortLabel } from "./shortLabel.ts";
import { evolveStudiedArchives } from "./studiedArchives.ts";

const regions = 8;
const judgedSeeds = 2;
/**
 * Significance level of one image's test. If only the size of a change matters, the expected share of images that pass is at most .025.
 * By Markov's inequality, more than half of them pass with a probability of at most .05, however dependent the images are.
 */
const level = 0.025;
/** Number of images with maps in a network's figure. */
const shownImages = 3;
/** Okabe and Ito's vermilion and blue. */
const lossColour = [213, 94, 0];
const gainColour = [0, 114, 178];
const imagesPerSeed: Readonly<Record<Budget, number>> = { quick: 8, full: 24 };

export const ablation: Experiment = {
  id: "ablation",
  description: "confidence lost when regions of the most confident images are painted over",
  presets: [],
  networks: imagenetNetworks,
  async run(options) {
    const { studied, missing, generations } = await evolveStudiedArchives(options, judgedSeeds);
    const lines: string[][] = [];
    const rows: ReportRow[] = [];
    const figures: Figure[] = [];
    for (const { id, classifier, archives } of studied) {
      let [lowered, carried] = [0, 0];
      const controls: number[] = [];
      const largest: number[] = [];
      const shown: FigureImage[] = [];
      for (const { seed, archive } of archives) {
        const best = mostConfidentImages(archive, imagesPerSeed[options.budget]);
        for (const elite of best) {
          const { image, niche } = elite;
          const ablation = await ablateWithControl({ image, classIndex: niche, classifier, regions, paint: "mean", seed });
          const { confidence, regions: cut, p } = ablation;
          if (shown.length < 2 * shownImages) shown.push(...drawAblation(elite, ablation, shortLabel(classifier.labels, niche)));
          const drops = cut.map(({ drop }) => drop);
          const middle = median(drops);
          const control = medianOrZero(cut.flatMap(({ controlDrop }) => controlDrop ?? []));
          if (middle > 0) lowered++;
          if (middle > 0 && p <= level) carried++;
          controls.push(control);
          largest.push(Math.max(...drops));
          lines.push([
            id,
            String(seed),
            String(niche),
            confidence.toFixed(4),
            middle.toFixed(5),
            control.toFixed(5),
            p.toPrecision(2),
            Math.max(...drops).toFixed(4),
          ]);
        }
        options.onProgress(`${id}, seed ${seed}: ${best.length} images ablated`);
      }
      if (largest.length === 0) continue;
      figures.push({
        kind: "images",
        title: `Confidence by region, on ${id}`,
        caption:
          "Each image with its map. Orange: painting over the region with the image's mean colour lowers the confidence. Blue: it raises the confidence. The region with the largest effect has the full colour.",
        images: shown,
        columns: 4,
      });
      const share = wilsonInterval(carried, largest.length);
      const middle = bootstrapInterval(largest, median, { seed: 1 });
      rows.push(
        judge({
          id: `ablation.${id}.carried`,
          finding: true,
          what: `share of images in which most of ${regions} x ${regions} regions lower the confidence when painted over, by more than an equally large random change (sign test over the regions, p <= ${level})`,
          figure: share.estimate,
          bar: { above: 0.5 },
          detail: `${carried} of ${largest.length} images, 95% interval ${share.low.toFixed(2)} to ${share.high.toFixed(2)}; if only the size of a change mattered, at most ${100 * level}% of images would pass`,
        }),
        {
          id: `ablation.${id}.lowered`,
          finding: true,
          what: "share of images in which most regions lower the confidence when painted over, by any amount",
          figure: lowered / largest.length,
          bar: noBar,
          holds: true,
          detail: `${lowered} of ${largest.length} images; equally large random changes lower it in ${controls.filter((drop) => drop > 0).length} of ${largest.length}`,
        },
        {
          id: `ablation.${id}.largest-drop`,
          finding: true,
          what: "largest drop in confidence from painting over one region, median over the images",
          figure: middle.estimate,
          bar: noBar,
          holds: true,
          detail: `95% interval ${middle.low.toFixed(3)} to ${middle.high.toFixed(3)}, maximum ${Math.max(...largest).toFixed(3)}`,
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
      head: ["model", "seed", "class", "confidence", "median drop", "drop at random", "p", "largest drop"],
      lines,
      rows,
      figures,
      ran: { cppn: generations },
    };
  },
};

/** Each image once, for the class in which the network is most confident. */
function mostConfidentImages(archive: StudiedArchive, count: number): readonly StudiedElite[] {
  const mostConfident = imagesOf(archive).map((elites) =>
    elites.reduce((best, elite) => (elite.confidence > best.confidence ? elite : best)),
  );
  return mostConfident.sort((a, b) => b.confidence - a.confidence).slice(0, count);
}

function medianOrZero(values: readonly number[]): number {
  return values.length === 0 ? 0 : median(values);
}

/** The image, and a map of each region's drop over the image in faint grey. */
function drawAblation({ image }: StudiedElite, { confidence, regions: cut }: ControlledAblation, label: string): readonly FigureImage[] {
  const strongest = Math.max(...cut.map(({ drop }) => Math.abs(drop)));
  const { width, height, channels } = image;
  const pixels = new Uint8Array(width * height * 3);
  for (const { x, y, width: across, height: down, drop } of cut) {
    const share = strongest === 0 ? 0 : Math.abs(drop) / strongest;
    const colour = drop >= 0 ? lossColour : gainColour;
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
