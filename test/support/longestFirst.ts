/** Starts the slowest test files first, so that none of them runs alone at the end while other cores are idle. */
import type { TestSpecification } from "vitest/node";
import { BaseSequencer } from "vitest/node";

/** Path prefixes of files that take more than 20 s, or more than 10 s in which they mostly wait. */
const longest: readonly string[] = [
  "test/contracts/classifiers/engines.isolated.test.ts",
  "test/contracts/onnx/wholeNetworkGradients.test.ts",
  "test/contracts/stores/s3Faults.test.ts",
  "test/faults/",
  "test/integration/api/auditEntries.test.ts",
  "test/integration/api/frozenDatabase.test.ts",
  "test/integration/api/matrix.test.ts",
  "test/integration/api/newNoun.test.ts",
  "test/integration/api/oidc.test.ts",
  "test/integration/api/refusedExports.test.ts",
  "test/integration/api/regressions/lostAccess.test.ts",
  "test/integration/api/restoring.test.ts",
  "test/integration/cli/commands.test.ts",
  "test/integration/lab/commands.test.ts",
  "test/integration/launcher/",
  "test/integration/persistence/connectionFailure.test.ts",
  "test/integration/persistence/silentWriters.test.ts",
  "test/integration/persistence/voteRace.test.ts",
  "test/integration/workers/sweeps.test.ts",
  "test/unit/analysis/permutation.test.ts",
  "test/unit/classifiers/intake/",
  "test/unit/perception/study/",
];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { root } = this.ctx.config;
    const isLong = ({ moduleId }: TestSpecification) => longest.some((prefix) => moduleId.startsWith(`${root}/${prefix}`));
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}
