/** Whether parts of an image carry its confidence a little each (the paper, section 3.3): regions of the best images are painted over. */
import { ablate } from "@pareidolia/analysis/ablation";
import { bootstrapInterval } from "@pareidolia/analysis/bootstrap";
import { wilsonInterval } from "@pareidolia/analysis/wilson";
import { median } from "@pareidolia/evolution/statistics";
import { judge, type ReportRow } from "../report.ts";
import type { Budget, Experiment, Figure } from "./experiment.ts";
import { evolveStudiedArchives } from "./studiedArchives.ts";

const regions = 8;
const imagesPerSeed: Readonly<Record<Budget, number>> = { quick: 8, full: 24 };

export const ablation: Experiment = {
  id: "ablation",
  description: "regions of the most confident images painted over: what each one carries",
  presets: [],
  async run(options) {
    const { studied, missing } = await evolveStudiedArchives(options);
    const lines: string[][] = [];
    const rows: ReportRow[] = [];
    const figures: Figure[] = [];
    for (const { id, classifier, archives } of studied) {
      let lowered = 0;
      const largest: number[] = [];
      for (const { seed, archive } of archives) {
        const best = [...archive.elites].sort((a, b) => b.confidence - a.confidence).slice(0, imagesPerSeed[options.budget]);
        for (const { image, niche } of best) {
          const { confidence, regions: cut } = await ablate({ image, classIndex: niche, classifier, regions, paint: "mean" });
          const drops = cut.map(({ drop }) => drop);
          if (median(drops) > 0) lowered++;
          largest.push(Math.max(...drops));
          lines.push([id, String(seed), String(niche), confidence.toFixed(4), median(drops).toFixed(5), Math.max(...drops).toFixed(4)]);
        }
        options.onProgress(`${id}, seed ${seed}: ${best.length} images ablated`);
      }
      if (largest.length === 0) continue;
      const share = wilsonInterval(lowered, largest.length);
      const middle = bootstrapInterval(largest, median, { seed: 1 });
      rows.push(
        judge({
          id: `ablation.${id}.lowered`,
          what: `share of images in which most of ${regions} x ${regions} regions lower the confidence when painted over`,
          figure: share.estimate,
          bar: { above: 0.5 },
          detail: `${lowered} of ${largest.length} images, 95% interval ${share.low.toFixed(2)} to ${share.high.toFixed(2)}; largest drop of one region, median ${middle.estimate.toFixed(3)} (${middle.low.toFixed(3)} to ${middle.high.toFixed(3)})`,
        }),
      );
    }
    if (rows.length === 0)
      rows.push(judge({ id: "ablation", what: "regions painted over", figure: null, bar: { above: 0.5 }, detail: missing.join(" ") }));
    return { head: ["model", "seed", "class", "confidence", "median drop", "largest drop"], lines, rows, figures };
  },
};
