/** Why some classes resist (the paper, section 3.3): whether a class whose elite lends probability to many others stays low. */
import { bootstrapInterval } from "@pareidolia/analysis/bootstrap";
import { type ClassDifficulty, classDifficulty, competition } from "@pareidolia/analysis/difficulty";
import { mannWhitney } from "@pareidolia/analysis/mannWhitney";
import { median } from "@pareidolia/evolution/statistics";
import { judge, type ReportRow } from "../report.ts";
import type { StudiedArchive } from "./evolvedArchive.ts";
import type { Experiment, Figure } from "./experiment.ts";
import { evolveStudiedArchives } from "./studiedArchives.ts";

/** ILSVRC 2012's dogs and cats, which the paper calls weak: classes 151 to 285 of 1,000 from 0. */
const dogsAndCats = { from: 151, to: 285 };

/** Of the curve: classes that one point is the median of, and between points. */
const window = 30;
const step = 5;

export const difficulty: Experiment = {
  id: "difficulty",
  description: "classes that resist: confidence against the number of competing classes",
  presets: [],
  async run(options) {
    const { studied, missing } = await evolveStudiedArchives(options);
    const lines: string[][] = [];
    const rows: ReportRow[] = [];
    const figures: Figure[] = [];
    for (const { id, archives } of studied) {
      figures.push(confidenceByClass(id, archives));
      const correlations: string[] = [];
      const estimates: number[] = [];
      const bandPs: number[] = [];
      for (const { seed, archive } of archives) {
        const classes = archive.elites.map(({ niche, probabilities }) => classDifficulty({ classIndex: niche, probabilities }));
        const interval = bootstrapInterval(classes, (sample) => competition(sample), { seed, resamples: 400 });
        estimates.push(interval.estimate);
        correlations.push(`seed ${seed}: ${interval.estimate.toFixed(3)} (${interval.low.toFixed(3)} to ${interval.high.toFixed(3)})`);
        const [band, rest] = split(classes, ({ classIndex }) => classIndex >= dogsAndCats.from && classIndex <= dogsAndCats.to);
        const p = mannWhitney(band.map(confidenceOf), rest.map(confidenceOf), "less").p;
        bandPs.push(p);
        lines.push([
          id,
          String(seed),
          interval.estimate.toFixed(3),
          median(band.map(confidenceOf)).toFixed(4),
          median(rest.map(confidenceOf)).toFixed(4),
          p.toExponential(1),
        ]);
      }
      rows.push(
        judge({
          id: `difficulty.${id}.competition`,
          finding: true,
          what: "Spearman's correlation over the classes of competing classes with confidence, worst seed",
          figure: Math.max(...estimates),
          bar: { below: 0 },
          detail: `95% intervals, ${correlations.join(", ")}`,
        }),
        judge({
          id: `difficulty.${id}.dogs-and-cats`,
          finding: true,
          what: "p of Mann and Whitney's U, one-sided: dogs and cats get less confidence than the other classes; worst seed",
          figure: Math.max(...bandPs),
          bar: { below: 0.01 },
          detail: bandPs.map((p) => p.toExponential(1)).join(", "),
        }),
      );
    }
    if (rows.length === 0)
      rows.push(
        judge({
          finding: true,
          id: "difficulty",
          what: "competition of classes",
          figure: null,
          bar: { below: 0 },
          detail: missing.join(" "),
        }),
      );
    return { head: ["model", "seed", "correlation", "dogs and cats, median", "others, median", "p"], lines, rows, figures };
  },
};

/** As the paper's Figure 7 shows it, smoothed. */
function confidenceByClass(id: string, archives: readonly { readonly seed: number; readonly archive: StudiedArchive }[]): Figure {
  const first = archives[0]?.archive.elites ?? [];
  // ImageNet's classes come last where a network knows a background as well.
  const offset = Math.max(0, first.length - 1000);
  return {
    kind: "curves",
    title: `Confidence by class, ${id}`,
    caption: `Median over ${window} neighbouring classes; ImageNet's dogs and cats are ${dogsAndCats.from} to ${dogsAndCats.to}.`,
    x: "class",
    y: "median confidence",
    series: archives.map(({ seed, archive: { elites } }) => ({
      name: `seed ${seed}`,
      points: Array.from({ length: Math.ceil(elites.length / step) }, (_, index) => {
        const place = index * step;
        const near = elites.slice(Math.max(0, place - window / 2), place + window / 2);
        return [place - offset, median(near.map(({ confidence }) => confidence))] as const;
      }),
    })),
  };
}

function confidenceOf({ confidence }: ClassDifficulty): number {
  return confidence;
}

function split<T>(values: readonly T[], belongs: (value: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [values.filter(belongs), values.filter((value) => !belongs(value))];
}
