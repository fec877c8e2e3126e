/**
 * A voter's trials from the design, the study's seed and the voter's number. They depend on nothing else, so server, worker and browser
 * compute the same bytes, and a session resumes anywhere.
 */
import { AppError } from "@pareidolia/core/appError";
import { shuffled, upTo } from "../draws.ts";
import { planScreens } from "../protocols/registry.ts";
import type { PlannedScreen } from "../protocols/screen.ts";
import { plainStimulus, type Stimulus } from "../protocols/stimulus.ts";
import { oneCondition, oneOfEachGroup, windowOf } from "./assignment.ts";
import { catchPlaces } from "./catchPlaces.ts";
import type { DesignedTrials, Phase } from "./design.ts";
import type { Trial } from "./trial.ts";
import { type ImageRole, type StreamSet, voterStreams } from "./voterStreams.ts";
import { williamsBlock, williamsOrder } from "./williamsOrder.ts";

export interface VoterAddress {
  /** The study's seed, an integer in [0, 2^31 - 1]. */
  readonly seed: number;
  /** The voter's number in the study, from 0 in order of arrival: counterbalancing is complete after a block of consecutive numbers. */
  readonly voter: number;
  /** Indices of the images to show, if the server assigns them; by default, the design's assignment. */
  readonly items?: readonly number[];
}

/** @throws AppError INVALID_INPUT for an impossible address, or a design with too few images or labels. */
export function buildTrials(design: DesignedTrials, address: VoterAddress): readonly Trial[] {
  return design.phases.flatMap((phase, index) => phaseTrials(design, phase, index, address)).map((trial, number) => ({ number, ...trial }));
}

type UnnumberedTrial = Omit<Trial, "number">;

function phaseTrials(design: DesignedTrials, phase: Phase, index: number, address: VoterAddress): UnnumberedTrial[] {
  const { voter } = address;
  const streamsOf = (role: ImageRole): StreamSet => voterStreams(address, index, role);
  const counted = streamsOf("counted");
  const screens = (role: ImageRole, stimuli: readonly Stimulus[], items: readonly number[]): UnnumberedTrial[] =>
    items.length === 0
      ? []
      : plan(design, phase, voter, { role, stimuli, items, streams: streamsOf(role) }).map((screen) => ({ ...screen, role, phase: index }));
  const some = (role: ImageRole, stimuli: readonly Stimulus[], size: number): UnnumberedTrial[] =>
    screens(role, stimuli, windowOf(stimuli.length, size, voter, streamsOf(role)));

  // Images are assigned once for all phases.
  const items =
    address.items === undefined ? countedItems(design, voter, voterStreams(address, 0, "counted")) : checked(design, address.items);
  const once = inOrder(screens("counted", design.stimuli, items), design, voter, counted);
  const trials = withRepeats(once, design.repeats ?? 0, counted);
  const noise = noiseStimuli(design, streamsOf("noise"));
  const checks = shuffled(
    [...some("gold", design.gold, design.perVoter.gold), ...some("noise", noise, design.perVoter.noise).map(withoutTarget)],
    counted.voter("catches"),
  );
  const canaries = shuffled(some("canary", design.canaries, design.perVoter.canaries), streamsOf("canary").voter("order"));
  const before = new Map<number, UnnumberedTrial[]>();
  const mixIn = (extras: readonly UnnumberedTrial[], places: readonly number[]): void => {
    for (const [k, extra] of extras.entries()) before.set(places[k] as number, [...(before.get(places[k] as number) ?? []), extra]);
  };
  mixIn(checks, catchPlaces(trials.length, checks.length, design.decay, streamsOf("gold").voter("catches")));
  mixIn(canaries, catchPlaces(trials.length, canaries.length, null, streamsOf("canary").voter("catches")));
  return upTo(trials.length + 1).flatMap((place) => [...(before.get(place) ?? []), ...trials.slice(place, place + 1)]);
}

/** The server's images in ascending order, as all images of a voter are before they are put in order. */
function checked({ stimuli }: DesignedTrials, items: readonly number[]): readonly number[] {
  const known = items.every((item) => stimuli[item] !== undefined);
  if (!known || new Set(items).size !== items.length)
    throw new AppError("INVALID_INPUT", "The images for a voter must be distinct images of the study.", { field: "items" });
  return [...items].sort((a, b) => a - b);
}

function countedItems({ assignment, stimuli, perVoter }: DesignedTrials, voter: number, streams: StreamSet): readonly number[] {
  if (assignment === "onePerGroup") return oneOfEachGroup(stimuli, voter, streams);
  if (assignment === "oneCondition") return oneCondition(stimuli, voter, streams);
  return windowOf(stimuli.length, perVoter.counted, voter, streams);
}

/** Noise has no label of its own: each image gets one of the study's, for the question or the buttons. */
function noiseStimuli({ noise, labels }: DesignedTrials, streams: StreamSet): readonly Stimulus[] {
  const order = shuffled(labels, streams.voter("order"));
  return noise.map((image, index) => plainStimulus(image, order[index % Math.max(1, order.length)] ?? 0));
}

function withoutTarget(trial: UnnumberedTrial): UnnumberedTrial {
  return { ...trial, target: null };
}

interface RoleImages {
  readonly role: ImageRole;
  readonly stimuli: readonly Stimulus[];
  readonly items: readonly number[];
  readonly streams: StreamSet;
}

function plan(
  design: DesignedTrials,
  { protocol }: Phase,
  voter: number,
  { role, stimuli, items, streams }: RoleImages,
): readonly PlannedScreen[] {
  /** Balanced over images for each voter, and over each block of `count` voters for each image. */
  const counterbalanced = (item: number, count: number): number =>
    ((streams.blockOrder("place", Math.floor(voter / count), stimuli.length)[item] as number) + voter) % count;
  return planScreens(protocol, {
    stimuli,
    items,
    labels: design.labels,
    exemplarsOf: (label) => design.exemplars.find((exemplars) => exemplars.label === label)?.images ?? [],
    foilsAtRandom: role !== "counted",
    voter: (use) => streams.voter(use),
    trial: (use, item) => streams.voter(use, item),
    place: (item, count) =>
      design.places === "counterbalanced" ? counterbalanced(item, count) : streams.voter("place", item).below(count),
  });
}

/**
 * Some trials of the first half a second time, at least half of the trials after the first time. Golan, Raju & Kriegeskorte (2020) repeat
 * part of the images.
 */
function withRepeats(trials: readonly UnnumberedTrial[], repeats: number, streams: StreamSet): readonly UnnumberedTrial[] {
  if (repeats === 0) return trials;
  const half = Math.floor(trials.length / 2);
  const random = streams.voter("repeats");
  const before = new Map<number, UnnumberedTrial[]>();
  for (const index of shuffled(upTo(half), random).slice(0, repeats)) {
    const place = index + half + 1 + random.below(trials.length - half - index);
    before.set(place, [...(before.get(place) ?? []), { ...(trials[index] as UnnumberedTrial), role: "repeat" }]);
  }
  return upTo(trials.length + 1).flatMap((place) => [...(before.get(place) ?? []), ...trials.slice(place, place + 1)]);
}

function inOrder(trials: readonly UnnumberedTrial[], { order }: DesignedTrials, voter: number, streams: StreamSet): UnnumberedTrial[] {
  if (order === "random") return shuffled(trials, streams.voter("order"));
  const block = williamsBlock(trials.length);
  const relabelled = shuffled(trials, streams.block("order", Math.floor(voter / block)));
  return williamsOrder(trials.length, voter % block).map((index) => relabelled[index] as UnnumberedTrial);
}
