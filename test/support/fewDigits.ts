/**
 * MNIST with a hundred of its validation and test images: a retraining chain tests each network on all 15,000 of them, which takes seconds.
 * For a whole test file.
 */
import type { DataSetParts } from "@pareidolia/classifiers/data/dataSet";
import { type LabelledImages, splitImages } from "@pareidolia/classifiers/data/labelledImages";
import { mnist } from "@pareidolia/classifiers/data/mnist/mnist";
import { afterAll, vi } from "vitest";

const fewOf = (images: LabelledImages): LabelledImages => splitImages(images, 100)[0];

let few: Promise<DataSetParts> | null = null;

export function readFewDigits(): void {
  const { read } = mnist;
  const spy = vi.spyOn(mnist, "read").mockImplementation((options) => {
    few ??= read(options).then((all) => ({ ...all, validation: fewOf(all.validation), test: fewOf(all.test) }));
    return few;
  });
  afterAll(() => spy.mockRestore());
}
