/** A kind of analysis for tests: the mean brightness of an elite's image. */
import { defineAnalysis } from "@pareidolia/core/analysisContract";
import { AppError } from "@pareidolia/core/appError";
import { number, record } from "@pareidolia/core/documentShape";
import { decodePng } from "@pareidolia/images/png";
import { findElites } from "@pareidolia/persistence/lab/elites/readElites";
import { imageKey } from "@pareidolia/persistence/server/objectStores/objectStore";
import { analysisTask } from "@pareidolia/workers/analyses/analysisTask";

export const brightness = defineAnalysis({
  id: "brightness",
  label: "Brightness of one image",
  priority: "interactive",
  subject: "elite",
  parameters: [{ name: "gain", label: "Gain", description: "Factor.", kind: "integer", default: 2, minimum: 1, maximum: 8 }],
  computesAgain: false,
  checkImage({ gain }, { width }) {
    if (gain >= width) throw new AppError("INVALID_INPUT", "The gain is too large for this image.", { field: "parameters.gain" });
  },
  result: record({ brightness: number }),
});

export const brightnessTask = analysisTask(brightness, async ({ eliteId, gain }, { database, objectStore }) => {
  const [elite] = await findElites(database.connection, [eliteId]);
  if (elite == null) throw new AppError("NOT_FOUND", "The elite does not exist.");
  const { pixels } = decodePng(await objectStore.get(imageKey(elite.image.sha256)));
  return { brightness: (gain * pixels.reduce((sum, value) => sum + value, 0)) / pixels.length };
});
