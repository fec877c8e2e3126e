/**
 * Sensitivity: how well people distinguish images from the alternatives, independent of any preference for an answer. In yes or no, hit
 * rate and false alarms: "yes" to the study's images, and to gold, against "yes" to noise. In a choice among alternatives, right choices
 * among as many, and each option's hit rate and false alarms. Each by signal detection theory and by threshold models
 * (`detection/signalDetection`).
 */
import type { Interval } from "@pareidolia/analysis/bootstrap";
import { integer, list, nullable, number, oneOf, record, type Shape, type ShapeValue, text } from "@pareidolia/core/documentShape";
import { undefinedBecause } from "../../agreement/coefficient.ts";
import { none } from "../../countedVotes.ts";
import { type CountsOfVoters, emptyCounts, intervalOverVoters, pooledCounts, votersWithTrials } from "../../detection/overVoters.ts";
import {
  forcedChoiceDPrime,
  logLinearRate,
  withoutGuesses,
  type YesNoCounts,
  yesNoSensitivity,
  yesNoThresholds,
} from "../../detection/signalDetection.ts";
import { tallyVotes } from "../../images/imageTally.ts";
import { whyWithoutResampling } from "../../numbers/bcaBootstrap.ts";
import { detectionOf, whyWithout } from "../../protocols/registry.ts";
import type { CheckVotes } from "../../voters/canaryTest.ts";
import { whyGuessesAreUnknown } from "../guesses.ts";
import { totalAgreement } from "../totalAgreement.ts";
import type { Evidence, PhaseEvidence } from "./evidence.ts";
import {
  defined,
  type Figure,
  figureOf,
  figureShape,
  figureWith,
  finiteOrNull,
  integers,
  noVotes,
  numbersOrNull,
  type OrReason,
  orReason,
  resamplesFor,
} from "./figure.ts";
import { defineResult } from "./resultKind.ts";

const rateFields = record({
  yes: integer,
  trials: integer,
  /** The share of "yes", with an interval for other voters; n counts trials. */
  rate: orReason(figureShape),
});
export interface YesRate extends ShapeValue<typeof rateFields> {}
const rateShape: Shape<YesRate> = rateFields;

const sensitivityFields = record({
  /** Corrected log-linearly. */
  hitRate: number,
  falseAlarmRate: number,
  /** Intervals are for other voters; n counts trials of both kinds. */
  dPrime: orReason(figureShape),
  /** Above 0 for a preference for "no". */
  criterion: orReason(figureShape),
  /** One high threshold: the probability of detecting something in an image, 0 to 1. */
  detected: orReason(figureShape),
  /** Two high thresholds: the probability of detecting something, or noise, and of "yes" without detecting either. */
  discriminated: orReason(figureShape),
  bias: orReason(figureShape),
});
export interface Sensitivity extends ShapeValue<typeof sensitivityFields> {}
const sensitivityShape: Shape<Sensitivity> = sensitivityFields;

const yesNoFields = record({
  /** "Yes" to the study's images, to gold, and to noise, which are false alarms. "Can't tell" is not "yes". */
  images: rateShape,
  gold: rateShape,
  noise: rateShape,
  /** Of the study's images against noise, and of gold against noise: what these voters reach with photographs. */
  sensitivity: orReason(sensitivityShape),
  goldSensitivity: orReason(sensitivityShape),
  resamples: integer,
});
export interface YesNoDetection extends ShapeValue<typeof yesNoFields> {}
const yesNoShape: Shape<YesNoDetection> = yesNoFields;

const optionsFields = record({
  /** What options stand for: `values` are classes if they are labels, otherwise indices of images. */
  of: oneOf(["labels", "images", "positions"]),
  values: integers,
  /** Trials in which the option was right, and was chosen; trials in which it was offered and was not right, and was chosen. */
  targets: integers,
  hits: integers,
  foils: integers,
  falseAlarms: integers,
  /** From log-linear rates; null for an option that was never right, or never a foil. */
  dPrime: numbersOrNull,
  criterion: numbersOrNull,
});
export interface DetectedOptions extends ShapeValue<typeof optionsFields> {}
const optionsShape: Shape<DetectedOptions> = optionsFields;

const choiceFields = record({
  alternatives: integer,
  chance: number,
  /**
   * The share of right choices: the hit rate. Its interval, and those of `recognised` and `dPrime`, are for other voters and other images.
   */
  hitRate: orReason(figureShape),
  /** Threshold model: the share that is recognised if all others guess, 0 to 1; undefined if guesses cannot be counted. */
  recognised: orReason(figureShape),
  dPrime: orReason(figureShape),
  /** With two alternatives: above 0 for a preference for the second position; its interval is for other voters. */
  criterion: orReason(figureShape),
  options: orReason(optionsShape),
  resamples: integer,
});
export interface ChoiceDetection extends ShapeValue<typeof choiceFields> {}
const choiceShape: Shape<ChoiceDetection> = choiceFields;

const phaseFields = record({
  protocol: text,
  /** How answers measure sensitivity; null if they do not. */
  method: nullable(oneOf(["yesNo", "forcedChoice"])),
  yesNo: orReason(yesNoShape),
  forcedChoice: orReason(choiceShape),
});
export interface DetectionPhase extends ShapeValue<typeof phaseFields> {}
const phaseShape: Shape<DetectionPhase> = phaseFields;

export const detection = defineResult({
  id: "detection",
  label: "Sensitivity",
  description: "Hit rate, false alarms, d' and criterion, and threshold models.",
  shared: () => ({}),
  sharedShape: record({}),
  compute: ({ phases }, evidence) => ({ phases: phases.map((phase) => detectionOfPhase(phase, evidence)) }),
  sectionShape: record({ phases: list(phaseShape) }),
});

function detectionOfPhase(phase: PhaseEvidence, evidence: Evidence): DetectionPhase {
  const { protocol } = phase;
  const method = detectionOf(protocol);
  const other = (reason: string) => undefinedBecause(method === null ? (whyWithout(protocol, "chance") ?? reason) : reason);
  return {
    protocol: protocol.kind,
    method,
    yesNo: method === "yesNo" ? yesNoOf(phase, evidence) : other("This question is not answered by yes or no."),
    forcedChoice:
      method === "forcedChoice" ? choiceOf(phase, evidence) : other("This question offers no alternatives, one of which is right."),
  };
}

interface Trials {
  readonly yes: Float64Array;
  readonly of: Float64Array;
}

/** By voter. */
function trialsOfVoters(voters: number, voter: Int32Array, isYes: (trial: number) => boolean | null): Trials {
  const counted = { yes: new Float64Array(voters), of: new Float64Array(voters) };
  for (let trial = 0; trial < voter.length; trial++) {
    const yes = isYes(trial);
    if (yes === null) continue;
    const v = voter[trial] as number;
    counted.of[v] = (counted.of[v] as number) + 1;
    if (yes) counted.yes[v] = (counted.yes[v] as number) + 1;
  }
  return counted;
}

const sum = (column: Float64Array): number => column.reduce((total, value) => total + value, 0);

function yesNoOf({ votes, checks }: PhaseEvidence, { plan: { seed } }: Evidence): OrReason<YesNoDetection> {
  const { voters } = votes;
  const images = trialsOfVoters(voters, votes.voter, (vote) => (votes.agrees[vote] === none ? null : votes.agrees[vote] === 1));
  const ofCheck = ({ voter, hit }: CheckVotes, yes: number): Trials => trialsOfVoters(voters, voter, (check) => hit[check] === yes);
  // Gold is passed by "yes", noise by any other answer.
  const [gold, noise] = [ofCheck(checks.gold, 1), ofCheck(checks.noise, 0)];
  if ([images, gold, noise].every(({ of }) => sum(of) === 0)) return undefinedBecause(noVotes);
  const options = { seed, resamples: resamplesFor(voters) };
  return defined({
    images: rateOf(images, options, noVotes),
    gold: rateOf(gold, options, "The study shows no gold."),
    noise: rateOf(noise, options, noNoise),
    sensitivity: sensitivityOf(images, noise, options),
    goldSensitivity: sensitivityOf(gold, noise, options),
    resamples: options.resamples,
  });
}

const noNoise = "The study shows no noise, so false alarms are unknown.";

interface Resampling {
  readonly seed: number;
  readonly resamples: number;
}

function rateOf({ yes, of }: Trials, options: Resampling, reason: string): YesRate {
  const [count, trials] = [sum(yes), sum(of)];
  const signals = votersWithTrials({ ...emptyCounts(of.length), hits: yes, signals: of });
  // A rate needs no trials of the other kind.
  const counts = { ...signals, noises: signals.signals };
  const interval = trials === 0 ? null : intervalOverVoters(counts, (pooled) => pooled.hits / pooled.signals, options);
  return {
    yes: count,
    trials,
    rate: figureOf(interval, trials, "voters", trials === 0 ? reason : whyWithoutResampling(counts.signals.length, "voters")),
  };
}

function sensitivityOf(signal: Trials, noise: Trials, options: Resampling): OrReason<Sensitivity> {
  if (sum(noise.of) === 0) return undefinedBecause(noNoise);
  if (sum(signal.of) === 0) return undefinedBecause("No trials show such images.");
  const counts = votersWithTrials({ hits: signal.yes, signals: signal.of, falseAlarms: noise.yes, noises: noise.of });
  const pooled = pooledCounts(counts);
  const { hitRate, falseAlarmRate } = yesNoSensitivity(pooled);
  const figure = (statistic: (of: YesNoCounts) => number, [least, most] = [-Number.MAX_VALUE, Number.MAX_VALUE]): OrReason<Figure> => {
    const reason = Number.isNaN(statistic(pooled))
      ? "Every image of one kind got the same answer, so this model has no solution."
      : whyWithoutResampling(counts.signals.length, "voters");
    return figureOf(within(intervalOverVoters(counts, statistic, options), least, most), pooled.signals + pooled.noises, "voters", reason);
  };
  return defined({
    hitRate,
    falseAlarmRate,
    dPrime: figure((of) => yesNoSensitivity(of).dPrime),
    criterion: figure((of) => yesNoSensitivity(of).criterion),
    detected: figure((of) => yesNoThresholds(of).detected, [0, 1]),
    discriminated: figure((of) => yesNoThresholds(of).discriminated, [-1, 1]),
    bias: figure((of) => yesNoThresholds(of).bias, [0, 1]),
  });
}

/** Keeps an estimate from few votes within the bounds of a probability. */
function within(interval: Interval | null, least: number, most: number): Interval | null {
  const bound = (value: number): number => Math.max(least, Math.min(most, value));
  return interval === null ? null : { estimate: bound(interval.estimate), low: bound(interval.low), high: bound(interval.high) };
}

function choiceOf(phase: PhaseEvidence, { plan: { seed } }: Evidence): OrReason<ChoiceDetection> {
  const { votes, chance } = phase;
  if (chance === null) return undefinedBecause("This question has no level of chance.");
  const [byVoter, byImage] = [tallyVotes(votes, "voter"), tallyVotes(votes, "item")];
  const count = byVoter.votes.reduce((total, value) => total + value, 0);
  if (count === 0) return undefinedBecause(noVotes);
  const alternatives = Math.round(1 / chance);
  const resamples = resamplesFor(byVoter.votes.length);
  const { share, interval } = totalAgreement(byVoter, byImage);
  // Both are increasing functions of the share, so the bounds of its interval are transformed.
  const transformed = (of: (value: number) => number): OrReason<Figure> =>
    figureWith(
      of(share),
      interval.defined ? { defined: true, low: of(interval.low), high: of(interval.high) } : interval,
      count,
      "votersAndImages",
    );
  const unknown = whyGuessesAreUnknown(phase);
  return defined({
    alternatives,
    chance,
    hitRate: transformed((value) => value),
    recognised:
      unknown === null ? transformed((value) => Math.max(0, Math.min(1, withoutGuesses(value, chance)))) : undefinedBecause(unknown),
    dPrime: transformed((value) => forcedChoiceDPrime(logLinearRate(value * count, count, chance), alternatives)),
    criterion: criterionOf(phase, alternatives, { seed, resamples }),
    options: optionsOf(phase),
    resamples,
  });
}

/** With two positions: "first" is the answer to a target at the first position as "yes" is to a signal. */
function criterionOf({ votes, positions }: PhaseEvidence, alternatives: number, options: Resampling): OrReason<Figure> {
  if (alternatives !== 2)
    return undefinedBecause("Only a choice of two has one criterion. Response bias shows the positions that people prefer.");
  const counts: CountsOfVoters = emptyCounts(votes.voters);
  const add = (column: Float64Array, voter: number): void => {
    column[voter] = (column[voter] as number) + 1;
  };
  let trials = 0;
  for (let vote = 0; vote < votes.voter.length; vote++) {
    const [voter, target, answer] = [votes.voter[vote] as number, positions.target[vote] as number, positions.answer[vote] as number];
    if (target === none || answer === none) continue;
    trials++;
    add(target === 0 ? counts.signals : counts.noises, voter);
    if (answer === 0) add(target === 0 ? counts.hits : counts.falseAlarms, voter);
  }
  const counted = votersWithTrials(counts);
  const interval = intervalOverVoters(counted, (of) => yesNoSensitivity(of).criterion, options);
  return figureOf(interval, trials, "voters", whyWithoutResampling(counted.signals.length, "voters"));
}

function optionsOf({ votes, names, foils }: PhaseEvidence): OrReason<DetectedOptions> {
  const size = foils.offered.length;
  const [targets, hits] = [new Int32Array(size), new Int32Array(size)];
  for (let vote = 0; vote < votes.target.length; vote++) {
    const target = votes.target[vote] as number;
    if (target === none || votes.agrees[vote] === none) continue;
    targets[target] = (targets[target] as number) + 1;
    if (votes.agrees[vote] === 1) hits[target] = (hits[target] as number) + 1;
  }
  const used = [...targets.keys()].filter((category) => (targets[category] as number) + (foils.offered[category] as number) > 0);
  if (used.length === 0) return undefinedBecause("No vote has a right answer.");
  const take = (column: Int32Array): number[] => used.map((category) => column[category] as number);
  const sensitivities = used.map((category) => {
    const [signals, noises] = [targets[category] as number, foils.offered[category] as number];
    if (signals === 0 || noises === 0) return null;
    return yesNoSensitivity({ hits: hits[category] as number, signals, falseAlarms: foils.chosen[category] as number, noises });
  });
  return defined({
    of: names.of,
    values: used.map((category) => (names.of === "labels" ? (names.values[category] as number) : category)),
    targets: take(targets),
    hits: take(hits),
    foils: take(foils.offered),
    falseAlarms: take(foils.chosen),
    dPrime: sensitivities.map((one) => (one === null ? null : finiteOrNull(one.dPrime))),
    criterion: sensitivities.map((one) => (one === null ? null : finiteOrNull(one.criterion))),
  });
}
