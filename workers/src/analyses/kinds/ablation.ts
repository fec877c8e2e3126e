/** Covers an elite's stored image region by region, and scores it with the run's network each time. */
import { ablate } from "@pareidolia/analysis/ablation";
import { ablation } from "@pareidolia/analysis/kinds/ablation";
import { analysisTask } from "../analysisTask.ts";
import { openElite } from "../openElite.ts";

export const task = analysisTask(ablation, async ({ eliteId, regions, paint }, context) => {
  const { image, classIndex, classifier } = await openElite(eliteId, context);
  return ablate({ image, classIndex, classifier, regions, paint, signal: context.signal });
});
