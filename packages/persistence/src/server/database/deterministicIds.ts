/**
 * Ids that follow from a row's address, so that writing a row twice writes the same row: version 8 UUIDs (RFC 9562) made of the address's
 * SHA-256.
 */
import { createHash } from "node:crypto";

function uuidOf(...address: readonly (string | number)[]): string {
  const bytes = createHash("sha256").update(JSON.stringify(address)).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export interface Address {
  readonly generation: number;
  readonly index: number;
}

export function genomeIdOf(runId: string, { generation, index }: Address): string {
  return uuidOf("genome", runId, generation, index);
}

export function eliteIdOf(runId: string, niche: number, generation: number): string {
  return uuidOf("elite", runId, niche, generation);
}

export function scoreIdOf(modelId: string, imageSha256: string): string {
  return uuidOf("score", modelId, imageSha256);
}

export interface TrajectoryAddress {
  /** Index of the search's configuration; 0 without a search. */
  readonly configuration: number;
  readonly class: number;
  readonly start: number;
}

/** Leaves out configuration 0, because rows from before random searches have ids without it. */
export function trajectoryIdOf(runId: string, { configuration, class: target, start }: TrajectoryAddress): string {
  return uuidOf("trajectory", runId, target, start, ...(configuration === 0 ? [] : [configuration]));
}

export function perturbationIdOf(runId: string, index: number): string {
  return uuidOf("perturbation", runId, index);
}

export function chainLinkIdOf(chainId: string, iteration: number): string {
  return uuidOf("chain link", chainId, iteration);
}
