/** Records what computed a run. Results depend on the processor's instruction set, so the manifest lists every engine that took part. */
import type { Classifier } from "@pareidolia/core/classifier";
import type { ClaimedRun } from "@pareidolia/persistence/runs/claimRun";

interface RunManifest {
  /** Hash of the first network that the run opened, which is its own model; a chain opens further networks. */
  readonly modelHash: string;
  readonly modelSha256: string;
  /** Engine, version, device and instruction set of each worker, in the order in which they first took part. */
  readonly engines: readonly string[];
  readonly node: readonly string[];
  readonly platform: readonly string[];
}

function appendOnce(earlier: unknown, entry: string): readonly string[] {
  const known = Array.isArray(earlier) ? earlier.filter((value) => typeof value === "string") : [];
  return known.includes(entry) ? known : [...known, entry];
}

/** Adds the classifier's engine and this process to the run's manifest. */
export function extendManifest(run: ClaimedRun, classifier: Classifier): RunManifest {
  const earlier = (run.manifest ?? {}) as Partial<Record<keyof RunManifest, unknown>>;
  return {
    modelHash: typeof earlier.modelHash === "string" ? earlier.modelHash : classifier.modelHash,
    modelSha256: run.modelSha256,
    engines: appendOnce(earlier.engines, classifier.engine),
    node: appendOnce(earlier.node, process.version),
    platform: appendOnce(earlier.platform, `${process.platform}-${process.arch}`),
  };
}
