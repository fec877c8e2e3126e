/**
 * The hash chain of a run: one SHA-256 per step, each over the one before it, so that two runs with equal hashes at a step are equal in
 * everything up to it. A step is a generation, a trajectory, an attack or a link of a retraining chain. docs/verification.md describes
 * the bytes.
 */
import { canonicalJson } from "./canonicalJson.ts";
import type { Parameters } from "./parameterSpec.ts";
import type { Framing } from "./preprocessing.ts";
import { type Planned, serialisePlan } from "./runKinds/registry.ts";

/** SHA-256 in lower-case hexadecimal. Pure packages have no hash of their own. */
export type HashBytes = (bytes: Uint8Array) => string;

/** What determines a run's results, apart from engine and instruction set. */
export type ChainedRun = Planned & {
  readonly parameters: Parameters;
  readonly framing: Framing;
  readonly seed: number;
  /** SHA-256 of the file of the run's model. */
  readonly modelSha256: string;
};

/** The state that a fork starts from. */
export interface ForkPoint {
  /** The last generation of the archive, or the number of links. */
  readonly generation: number;
  /** SHA-256 of the state's bytes: of the archive's elites as one generation, or of the links. */
  readonly state: string;
}

const hashLength = 32;

export function bytesOfHash(hash: string): Uint8Array {
  const bytes = new Uint8Array(hashLength);
  for (let i = 0; i < hashLength; i++) bytes[i] = Number.parseInt(hash.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

/** The hash before the first step: of kind, plan, parameters, framing, seed, model and, for a fork, the state that it starts from. */
export function startOfChain(run: ChainedRun, fork: ForkPoint | null, hash: HashBytes): string {
  const { kind, parameters, framing, seed, modelSha256 } = run;
  const { document, sourceSha256 } = serialisePlan(run);
  const start = { version: 1, kind, plan: document, parameters, framing, seed, model: modelSha256, source: sourceSha256, fork };
  return hash(new TextEncoder().encode(canonicalJson(start)));
}

/** SHA-256 over the previous hash (32 bytes), the step (uint32, little-endian) and the hash of the step's content (32 bytes). */
export function nextOfChain(
  { previous, step, content }: { readonly previous: string; readonly step: number; readonly content: string },
  hash: HashBytes,
): string {
  const bytes = new Uint8Array(hashLength + 4 + hashLength);
  bytes.set(bytesOfHash(previous));
  new DataView(bytes.buffer).setUint32(hashLength, step, true);
  bytes.set(bytesOfHash(content), hashLength + 4);
  return hash(bytes);
}

/** The hash of a step whose content is a JSON document. */
export function hashDocument(document: unknown, hash: HashBytes): string {
  return hash(new TextEncoder().encode(canonicalJson(document)));
}
