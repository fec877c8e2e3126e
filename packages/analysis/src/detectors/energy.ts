/** The negative free energy at temperature 1, log(sum of exp(logit)) (Liu, Wang, Owens and Li 2020, equation 4). */
import { type Detector, logSumExp, meanOfViews, overRows } from "./detector.ts";

export const energy: Detector = {
  id: "energy",
  label: "Energy",
  description: "Overall magnitude of the logits, which softmax discards.",
  source: "Liu, Wang, Owens and Li 2020",
  async score(classifier, images, signal) {
    const { logits, classes } = await classifier.scoreWithLogits(images.flat(), signal);
    return meanOfViews(
      overRows(logits, classes, (row) => logSumExp(row, 1)),
      images.length,
    );
  },
};
