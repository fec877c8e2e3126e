/**
 * Which images a voter sees. Counts stay even: after any number of voters, two images of a study (or of a group) have been assigned
 * equally often, or differ by one.
 */
import { shuffled, upTo } from "../draws.ts";
import type { Stimulus } from "../protocols/stimulus.ts";
import type { StreamSet } from "./voterStreams.ts";

/** `all`: every image, or `perVoter` of them; `onePerGroup`: one image of each group; `oneCondition`: all images of one condition. */
export const assignments = ["all", "onePerGroup", "oneCondition"] as const;
export type Assignment = (typeof assignments)[number];

/**
 * `size` of `count` images: voters take consecutive windows of a random ring, which is drawn again after each image has been assigned
 * equally often.
 * @returns indices in ascending order.
 */
export function windowOf(count: number, size: number, voter: number, streams: StreamSet): number[] {
  if (size >= count) return upTo(count);
  const votersOfRound = count / greatestCommonDivisor(count, size);
  const ring = shuffled(upTo(count), streams.block("assignment", Math.floor(voter / votersOfRound)));
  const start = (voter % votersOfRound) * size;
  return Array.from({ length: size }, (_, index) => ring[(start + index) % count] as number).sort((a, b) => a - b);
}

/** One image of each group, in turn: a block of as many voters as a group has members sees each member once. */
export function oneOfEachGroup(stimuli: readonly Stimulus[], voter: number, streams: StreamSet): number[] {
  const groups = indicesBy(stimuli, ({ group }) => group);
  return groups
    .map((members, index) => {
      const block = Math.floor(voter / members.length);
      // A stream for each group, since groups differ in size.
      const order = shuffled(members, streams.block("assignment", block * groups.length + index));
      return order[voter % members.length] as number;
    })
    .sort((a, b) => a - b);
}

/** All images of the voter's condition; a block of as many voters as conditions has one voter in each. */
export function oneCondition(stimuli: readonly Stimulus[], voter: number, streams: StreamSet): number[] {
  const conditions = indicesBy(stimuli, ({ condition }) => condition);
  const order = shuffled(conditions, streams.block("assignment", Math.floor(voter / conditions.length)));
  return order[voter % conditions.length] as number[];
}

function indicesBy(stimuli: readonly Stimulus[], key: (stimulus: Stimulus) => string): number[][] {
  const members = new Map<string, number[]>();
  for (const [index, stimulus] of stimuli.entries()) {
    const own = members.get(key(stimulus));
    if (own === undefined) members.set(key(stimulus), [index]);
    else own.push(index);
  }
  return [...members.values()];
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
