/** What a run was computed with. Bits depend on the processor's instruction set, so every engine that took part is named. */
import type { Classifier } from "@pareidolia/core/classifier";
import type { ClaimedRun } from "@pareidolia/persistence/runs/claimRun";

interface RunManifest {
  /** Of the run's own model, the first network that it opened: a chain opens its later networks too. */
  readonly modelHash: string;
  readonly modelSha256: string;
  /** Engine, version, device and instruction set of each worker, in the order in which they first took part. */
  readonly engines: readonly string[];
  readonly node: readonly string[];
  readonly platform: readonly string[];
}

function listed(earlier: unknown, now: string): readonly string[] {
  const known = Array.isArray(earlier) ? earlier.filter((entry) => typeof entry === "string") : [];
  return known.includes(now) ? known : [...known, now];
}

/** Adds the classifier's engine and this process to the run's manifest. */
export function extendManifest(run: ClaimedRun, classifier: Classifier): RunManifest {
  const earlier = (run.manifest ?? {}) as Partial<Record<keyof RunManifest, unknown>>;
  return {
    modelHash: typeof earlier.modelHash === "string" ? earlier.modelHash : classifier.modelHash,
    modelSha256: run.modelSha256,
    engines: listed(earlier.engines, classifier.engine),
    node: listed(earlier.node, process.version),
    platform: listed(earlier.platform, `${process.platform}-${process.arch}`),
  };
}
