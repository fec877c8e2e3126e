/** Computes the result hash of a perturbation run: equal runs have equal hashes. */
import { createHash } from "node:crypto";
import type { PerturbationEnd } from "@pareidolia/persistence/perturbations/writePerturbations";

export function hashPerturbations(ends: readonly PerturbationEnd[]): string {
  const rows = ends.map(({ index, success, imageSha256 }) => [index, success, imageSha256]);
  return createHash("sha256").update(JSON.stringify(rows)).digest("hex");
}
