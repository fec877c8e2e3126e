/** The classes of the ascent experiment: all digits, and the 20 ImageNet classes in the paper's supplement. */
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";

/** From the run scripts of the released code, caffe/ascent; indices among the 1,000 classes. */
const paperClasses = [200, 207, 215, 279, 366, 367, 390, 414, 445, 500, 509, 580, 643, 657, 704, 713, 782, 805, 826, 906];
const imagenetClasses = 1000;

/** Indices among the classifier's labels, which may start with a background class. */
export function climbedClasses({ labels }: DifferentiableClassifier): readonly number[] {
  if (labels.length < imagenetClasses) return labels.map((_, index) => index);
  return paperClasses.map((index) => index + labels.length - imagenetClasses);
}
