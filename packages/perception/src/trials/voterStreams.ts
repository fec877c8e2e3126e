/**
 * The random streams of trials. A voter's draws are keyed by the study's seed, the voter's number, phase, role, use and image, so a
 * voter's trials depend on no other voter and on no order of computation. Counterbalancing shares draws among a block of voters.
 */
import { AppError } from "@pareidolia/core/appError";
import { Purpose, Random } from "@pareidolia/core/random";
import { permutation } from "../draws.ts";

/** Append only: an index is part of the streams of stored studies. */
const uses = ["order", "foils", "arrangement", "place", "assignment", "catches", "repeats"] as const;
export type StreamUse = (typeof uses)[number];

/** The lists of images that trials show. Their number is part of the streams of stored studies. */
export const imageRoles = ["counted", "gold", "noise", "canary"] as const;
export type ImageRole = (typeof imageRoles)[number];
/**
 * Only counted trials are votes; gold and noise check attention, canaries reveal answers copied from networks, and a repeat shows a counted
 * image for the second time, to see how far a voter answers the same.
 */
export type TrialRole = ImageRole | "repeat";

/** The list of images that a trial shows. */
export function imageRoleOf(role: TrialRole): ImageRole {
  return role === "repeat" ? "counted" : role;
}

export const maxPhases = 4;
export const mostImages = 2 ** 20;
/** Voters are numbered below this; block streams use the numbers above. */
const mostVoters = 2 ** 30;

export interface StreamSet {
  /** A stream of this voter. `item` is the index of an image, or omitted for draws that concern all. */
  voter(use: StreamUse, item?: number): Random;
  /** A stream shared by all voters of a block. */
  block(use: StreamUse, block: number): Random;
  /** A random permutation of 0 to `count` - 1, from the block's stream. */
  blockOrder(use: StreamUse, block: number, count: number): Int32Array;
}

/** The last orders of blocks: the voters of a block share them, and trials of all voters are built in order of their numbers. */
const lastOrders = new Map<string, Int32Array>();
const maxOrders = 8;

function remembered(key: string, draw: () => Int32Array): Int32Array {
  const known = lastOrders.get(key);
  if (known !== undefined) return known;
  const order = draw();
  lastOrders.set(key, order);
  for (const oldest of lastOrders.keys()) {
    if (lastOrders.size <= maxOrders) break;
    lastOrders.delete(oldest);
  }
  return order;
}

/**
 * @param seed of the study, an integer in [0, 2^31 - 1].
 * @param voter the voter's number in the study, from 0 in order of arrival.
 * @throws AppError INVALID_INPUT for a seed or a number out of range.
 */
export function voterStreams(
  { seed, voter }: { readonly seed: number; readonly voter: number },
  phase: number,
  role: ImageRole,
): StreamSet {
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 31)
    throw new AppError("INVALID_INPUT", "The seed must be a whole number from 0 to 2,147,483,647.", { field: "seed" });
  if (!Number.isInteger(voter) || voter < 0 || voter >= mostVoters)
    throw new AppError("INVALID_INPUT", "A voter's number must be a whole number from 0.", { field: "voter" });
  const address = (generation: number, use: StreamUse, item: number): Random => {
    const series = (phase * imageRoles.length + imageRoles.indexOf(role)) * 8 + uses.indexOf(use);
    return new Random({ seed, generation, index: series * (mostImages + 1) + item, purpose: Purpose.TRIAL });
  };
  const ofBlock = (use: StreamUse, block: number): Random => address(mostVoters + block, use, mostImages);
  return {
    voter: (use, item) => address(voter, use, item === undefined ? mostImages : item),
    block: ofBlock,
    blockOrder: (use, block, count) =>
      remembered(`${seed} ${phase} ${role} ${use} ${block} ${count}`, () => permutation(count, ofBlock(use, block))),
  };
}
