/** Hashes the results of a perturbation run: equal runs have equal hashes. */
import { createHash } from "node:crypto";
import type { PerturbationEnd } from "@pareidolia/persistence/lab/perturbations/writePerturbations";
import type { StepChain, StepHash } from "../hashChain/stepChain.ts";

/**
 * What the hash chain covers of an attack. The stored confidence follows from the image, but its last bits depend on the images that are
 * scored with it.
 */
export function documentOf({ index, success, steps, storedClass, confidence, imageSha256 }: PerturbationEnd): unknown {
  return { index, success, steps, storedClass, confidence, image: imageSha256 };
}

/** Extends the run's hash chain by the attacks that have ended, in the order of the bounds. `ends` by index. */
export function extendByAttacks(chain: StepChain, ends: readonly PerturbationEnd[]): readonly StepHash[] {
  return ends.slice(chain.next).map((end) => chain.append(documentOf(end)));
}

export function hashPerturbations(ends: readonly PerturbationEnd[]): string {
  const rows = ends.map(({ index, success, imageSha256 }) => [index, success, imageSha256]);
  return createHash("sha256").update(JSON.stringify(rows)).digest("hex");
}
