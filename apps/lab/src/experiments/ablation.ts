/**
 * Tests whether removing parts of an image lowers its confidence slightly (the paper, section 3.4): paints over regions of the most
 * confident images. Beside it, each region is changed at random by the same amount, which is stricter than the paper's comparison.
 */
import { ablateWithControl, type ControlledAblation } from "@pareidolia/analysis/controlledAblation";
import { median } from "@pareidolia/evolution/statistics";
import { medianRow, type RunShare, runShareRow } from "../findings.ts";
import { judge, type ReportRow } from "../report.ts";
import { imagesOf, type StudiedArchive, type StudiedElite } from "./evolvedArchive.ts";
import type { Budget, Experiment, Figure, FigureImage } from "./experiment.ts";
import { imagenetNetworks } from "./networkRules.ts";
import { comparedRuns } from "./seeds.ts";
import { shortLabel } from "./shortLabel.ts";
import { evolveStudiedArchives } from "./studiedArchives.ts";

const regions = 8;
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
const imagesPerSeed: Readonly<Record<Budget, number>> = { quick: 4, full: 12 };
/** The images of the paper are at least this confident (its Figure 1: 99.6%). Less confident ones are used only if a run has too few. */
const ripe = 0.99;
const fewestImages = 4;

export const ablation: Experiment = {
  id: "ablation",
  description: "confidence lost when regions of the most confident images are painted over",
  presets: [],
  networks: imagenetNetworks,
  async run(options) {
    const { studied, missing, generations } = await evolveStudiedArchives(options, comparedRuns[options.budget]);
    const lines: string[][] = [];
    const rows: ReportRow[] = [];
    const figures: Figure[] = [];
    for (const { id, classifier, archives } of studied) {
      const runs: AblatedRun[] = [];
      const shown: FigureImage[] = [];
      for (const { seed, archive } of archives) {
        const best = mostConfidentImages(archive, imagesPerSeed[options.budget]);
        const ablated: AblatedImage[] = [];
        for (const elite of best) {
          const { image, niche } = elite;
          const ablation = await ablateWithControl({ image, classIndex: niche, classifier, regions, paint: "mean", seed });
          if (shown.length < 2 * shownImages) shown.push(...drawAblation(elite, ablation, shortLabel(classifier.labels, niche)));
          const one = describeAblation(ablation);
          ablated.push(one);
          lines.push([
            id,
            String(seed),
            String(niche),
            one.confidence.toFixed(4),
            one.typical.toFixed(5),
            one.control.toFixed(5),
            one.p.toPrecision(2),
            one.largest.toFixed(4),
          ]);
        }
        runs.push(ablated);
        options.onProgress(`${id}, seed ${seed}: ${best.length} images ablated`);
      }
      if (runs.flat().length === 0) continue;
      figures.push({
        kind: "images",
        title: `Confidence by region, on ${id}`,
        caption:
          "Each image with its map. Orange: painting over the region with the image's mean colour lowers the confidence. Blue: it raises the confidence. The region with the largest effect has the full colour.",
        images: shown,
        columns: 4,
      });
      rows.push(...ablationRows(id, runs));
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

interface AblatedImage {
  readonly confidence: number;
  /** Drops of the confidence: median over the regions, the same for random changes, and the largest of a region. */
  readonly typical: number;
  readonly control: number;
  readonly largest: number;
  /** That removal costs no more than a random change, by the sign test over the regions. */
  readonly p: number;
}

/** The images of one run. */
type AblatedRun = readonly AblatedImage[];

function describeAblation({ confidence, regions: cut, p }: ControlledAblation): AblatedImage {
  const drops = cut.map(({ drop }) => drop);
  const control = medianOrZero(cut.flatMap(({ controlDrop }) => controlDrop ?? []));
  return { confidence, typical: median(drops), control, largest: Math.max(...drops), p };
}

function ablationRows(id: string, runs: readonly AblatedRun[]): readonly ReportRow[] {
  const share = (has: (image: AblatedImage) => boolean): readonly RunShare[] =>
    runs.map((run) => ({ having: run.filter(has).length, images: run.length }));
  const count = (has: (image: AblatedImage) => boolean): string => `${runs.flat().filter(has).length} of ${runs.flat().length} images`;
  const perRun = (of: (image: AblatedImage) => number): readonly number[] => runs.map((run) => median(run.map(of)));
  const lowers = ({ typical }: AblatedImage): boolean => typical > 0;
  const carries = ({ typical, p }: AblatedImage): boolean => typical > 0 && p <= level;
  return [
    runShareRow({
      id: `ablation.${id}.lowered`,
      what: `share of images in which most of ${regions} x ${regions} regions lower the confidence when painted over, by any amount`,
      runs: share(lowers),
      detail: `${count(lowers)}; equally large random changes lower it in ${count(({ control }) => control > 0)}`,
    }),
    medianRow({
      id: `ablation.${id}.typical-drop`,
      what: "drop in confidence from painting over a typical region, median over the regions and images of a run, median over the runs",
      values: perRun(({ typical }) => typical),
      unit: "runs",
    }),
    runShareRow({
      id: `ablation.${id}.carried`,
      what: `share of images in which most regions lower the confidence by more than an equally large random change (sign test over the regions, p <= ${level}; the smallest p is 2^-${regions * regions})`,
      runs: share(carries),
      detail: `${count(carries)}; if only the size of a change mattered, at most ${100 * level}% of images would pass`,
    }),
    medianRow({
      id: `ablation.${id}.largest-drop`,
      what: "largest drop in confidence from painting over one region, median over the images of a run, median over the runs",
      values: perRun(({ largest }) => largest),
      unit: "runs",
      detail: `maximum ${Math.max(...runs.flat().map(({ largest }) => largest)).toFixed(3)}`,
    }),
    medianRow({
      id: `ablation.${id}.ripeness`,
      what: "confidence of a run's least confident image that was painted over, median over the runs",
      values: runs.map((run) => Math.min(...run.map(({ confidence }) => confidence))),
      unit: "runs",
    }),
  ];
}

/** Each image once, for the class in which the network is most confident; ripe images, unless there are too few of them. */
function mostConfidentImages(archive: StudiedArchive, count: number): readonly StudiedElite[] {
  const mostConfident = imagesOf(archive).map((elites) =>
    elites.reduce((best, elite) => (elite.confidence > best.confidence ? elite : best)),
  );
  const sorted = mostConfident.sort((a, b) => b.confidence - a.confidence).slice(0, count);
  return sorted.filter(({ confidence }, place) => place < fewestImages || confidence >= ripe);
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
