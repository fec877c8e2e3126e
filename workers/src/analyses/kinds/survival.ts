/** Compresses, scales, blurs and crops an elite's stored image, and scores it with the run's network each time. */
import { survival } from "@pareidolia/analysis/kinds/survival";
import { distortionsWith } from "@pareidolia/analysis/survival/distortions";
import { resample } from "@pareidolia/analysis/survival/resample";
import { measureSurvival } from "@pareidolia/analysis/survival/survival";
import type { ByteImage } from "@pareidolia/core/image";
import { jpegRoundTrip } from "@pareidolia/images/jpegRoundTrip";
import { encodePng } from "@pareidolia/images/png";
import { analysisTask } from "../analysisTask.ts";
import { openElite } from "../openElite.ts";

/** In pixels: large enough to show the effect of a level, small enough to be stored in a row. */
const thumbnailSide = 48;

function thumbnailOf(image: ByteImage): string {
  const scale = Math.min(1, thumbnailSide / Math.max(image.width, image.height));
  const small = resample(image, Math.max(1, Math.round(image.width * scale)), Math.max(1, Math.round(image.height * scale)));
  return `data:image/png;base64,${Buffer.from(encodePng(small)).toString("base64")}`;
}

export const task = analysisTask(survival, async ({ eliteId }, context) => {
  const { model, image, classIndex, classifier } = await openElite(eliteId, context);
  const distortions = distortionsWith(jpegRoundTrip);
  const { confidence, curves } = await measureSurvival({ image, classIndex, classifier, distortions, signal: context.signal });
  return {
    confidence,
    curves: curves.map(({ points, ...curve }) => ({
      ...curve,
      points: points.map(({ image: distorted, ...point }) => ({
        ...point,
        topLabel: model.labels[point.topClass] ?? String(point.topClass),
        thumbnail: thumbnailOf(distorted),
      })),
    })),
  };
});
