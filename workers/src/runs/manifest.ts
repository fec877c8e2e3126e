/**
 * Records what computed a run. Results depend on the engine and on the processor's instruction set, so the manifest lists every engine
 * that took part. Each list has the values of all workers, in the order in which they first took part.
 */
import { instructionSet } from "@pareidolia/classifiers/engines/instructionSet";
import { runtimeVersions } from "@pareidolia/classifiers/engines/runtimeVersions";
import type { Classifier } from "@pareidolia/core/classifier";
import type { WholeRun } from "@pareidolia/persistence/lab/runs/wholeRun";
import { codeVersion, lockFileHash } from "./codeVersion.ts";

interface RunManifest {
  /** Hash of the first network that the run opened, which is its own model; a chain opens further networks. */
  readonly modelHash: string;
  readonly modelSha256: string;
  /** Engine, version, device and instruction set. */
  readonly engines: readonly string[];
  readonly instructionSets: readonly string[];
  readonly code: readonly string[];
  /** Name and version of each package that computes networks. */
  readonly dependencies: readonly string[];
  /** SHA-256 of the lock file. */
  readonly lockFiles: readonly string[];
  readonly node: readonly string[];
  readonly platform: readonly string[];
}

function append(earlier: unknown, entries: readonly string[]): readonly string[] {
  const known = Array.isArray(earlier) ? earlier.filter((value) => typeof value === "string") : [];
  return [...new Set([...known, ...entries])];
}

/** Adds the classifier's engine and this process to the run's manifest. */
export function extendManifest(run: WholeRun, classifier: Classifier): RunManifest {
  const earlier = (run.manifest ?? {}) as Partial<Record<keyof RunManifest, unknown>>;
  return {
    modelHash: typeof earlier.modelHash === "string" ? earlier.modelHash : classifier.modelHash,
    modelSha256: run.modelSha256,
    engines: append(earlier.engines, [classifier.engine]),
    instructionSets: append(earlier.instructionSets, [instructionSet()]),
    code: append(earlier.code, [codeVersion]),
    dependencies: append(earlier.dependencies, runtimeVersions()),
    lockFiles: append(earlier.lockFiles, lockFileHash === null ? [] : [lockFileHash]),
    node: append(earlier.node, [process.version]),
    platform: append(earlier.platform, [`${process.platform}-${process.arch}`]),
  };
}
