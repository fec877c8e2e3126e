/** Starts the test files that take longest first, so that none of them runs alone at the end while the other cores wait. */
import type { TestSpecification } from "vitest/node";
import { BaseSequencer } from "vitest/node";

/** The beginnings of their paths: files of more than 30 s, or that wait for most of their time. */
const longest: readonly string[] = [
  "test/contracts/classifiers/engines.test.ts",
  "test/contracts/onnx/wholeNetworkGradients.test.ts",
  "test/faults/",
  "test/integration/lab/commands.test.ts",
  "test/integration/launcher/",
  "test/unit/classifiers/intake/",
];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { root } = this.ctx.config;
    const isLong = ({ moduleId }: TestSpecification) => longest.some((beginning) => moduleId.startsWith(`${root}/${beginning}`));
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}
