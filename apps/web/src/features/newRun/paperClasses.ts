/** Indexes of the 20 ImageNet classes whose ascents the paper's supplement shows (released code, caffe/ascent). */
const paperClasses = [200, 207, 215, 279, 366, 367, 390, 414, 445, 500, 509, 580, 643, 657, 704, 713, 782, 805, 826, 906] as const;
const imagenetClasses = 1000;

/** Their indexes in a model's labels, which may begin with a background class; null if the labels are not ImageNet's. */
export function paperClassesOf(labels: readonly string[]): readonly number[] | null {
  const background = labels.length - imagenetClasses;
  return background === 0 || background === 1 ? paperClasses.map((index) => index + background) : null;
}
