/** Why some classes resist (the paper, section 3.3): whether a class whose elite lends probability to many others stays low. */
import { bootstrapInterval } from "@pareidolia/analysis/bootstrap";
import { type ClassDifficulty, classDifficulty, competition } from "@pareidolia/analysis/difficulty";
import { mannWhitney } from "@pareidolia/analysis/mannWhitney";
import { median } from "@pareidolia/evolution/statistics";
import { judge, type ReportRow } from "../report.ts";
import type { Experiment } from "./experiment.ts";
import { evolveStudiedArchives } from "./studiedArchives.ts";

/** ILSVRC 2012's dogs and cats, which the paper calls weak: classes 151 to 285 of 1,000 from 0. */
const dogsAndCats = { from: 151, to: 285 };

export const difficulty: Experiment = {
  id: "difficulty",
  description: "classes that resist: confidence against the number of competing classes",
  presets: [],
  async run(options) {
    const { studied, missing } = await evolveStudiedArchives(options);
    const lines: string[][] = [];
    const rows: ReportRow[] = [];
    for (const { id, archives } of studied) {
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
          what: "Spearman's correlation over the classes of competing classes with confidence, worst seed",
          figure: Math.max(...estimates),
          bar: { below: 0 },
          detail: `95% intervals, ${correlations.join(", ")}`,
        }),
        judge({
          id: `difficulty.${id}.dogs-and-cats`,
          what: "p of Mann and Whitney's U, one-sided: dogs and cats get less confidence than the other classes; worst seed",
          figure: Math.max(...bandPs),
          bar: { below: 0.01 },
          detail: bandPs.map((p) => p.toExponential(1)).join(", "),
        }),
      );
    }
    if (rows.length === 0)
      rows.push(judge({ id: "difficulty", what: "competition of classes", figure: null, bar: { below: 0 }, detail: missing.join(" ") }));
    return { head: ["model", "seed", "correlation", "dogs and cats, median", "others, median", "p"], lines, rows };
  },
};

function confidenceOf({ confidence }: ClassDifficulty): number {
  return confidence;
}

function split<T>(values: readonly T[], belongs: (value: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [values.filter(belongs), values.filter((value) => !belongs(value))];
}
