/** What the ascent climbs: every digit, and the 20 classes of ImageNet that the paper's supplement shows. */
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";

/** Released code, caffe/ascent, run scripts; positions among the 1,000 classes. */
const paperClasses = [200, 207, 215, 279, 366, 367, 390, 414, 445, 500, 509, 580, 643, 657, 704, 713, 782, 805, 826, 906];
const imagenetClasses = 1000;

/** Positions among the classifier's own labels, which may begin with a background class. */
export function climbedClasses({ labels }: DifferentiableClassifier): readonly number[] {
  if (labels.length < imagenetClasses) return labels.map((_, index) => index);
  return paperClasses.map((index) => index + labels.length - imagenetClasses);
}
