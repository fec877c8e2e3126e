/** Mutants of the statistics that pages, exports and releases show of voters, images, groups and studies. */
import type { Statistics } from "@pareidolia/lab/perception/closedForms/statistics";
import { type Ends, factor, type Mutant, narrow, narrowIfDefined, ofResult, scaleIfDefined, shift } from "./mutate.ts";

interface Bounds {
  readonly low: number;
  readonly high: number;
}

/** Of bounds without an estimate: toward their middle. */
function narrowAroundMiddle<B extends Bounds>(bounds: B): B {
  return { ...bounds, ...narrow({ estimate: (bounds.low + bounds.high) / 2, low: bounds.low, high: bounds.high }) };
}

/** An interval that may be undefined, or null. */
function narrowBoundsIfDefined<Found extends { readonly defined: boolean }>(found: Found): Found {
  return found.defined ? (narrowAroundMiddle(found as unknown as Bounds & Found) as Found) : found;
}

const narrowOrNull = <Found extends Ends | null>(found: Found): Found => (found === null ? found : (narrow(found) as Found));

/** The part of a result, if it is defined. */
function changePart<Found extends { readonly defined: boolean }>(found: Found, name: string, change: (part: Ends) => Ends): Found {
  return found.defined ? ({ ...found, [name]: change((found as unknown as Record<string, Ends>)[name] as Ends) } as Found) : found;
}

/** A number, or several of a result. */
function scaledParts<Result extends object | null>(found: Result, ...names: readonly string[]): Result {
  if (found === null) return found;
  const parts = names.map((name) => [name, factor * ((found as Record<string, unknown>)[name] as number)] as const);
  return { ...found, ...Object.fromEntries(parts) } as Result;
}

function ofDifference(of: "differenceOfShares" | "differenceOfMeans"): readonly Mutant[] {
  return [
    ofResult(of, "2% more", (found) => changePart(found, "difference", shift)),
    ofResult(of, "half a point less", (found) => changePart(found, "difference", narrow)),
    ofResult(of, "2% more effect", (found) => changePart(found, "effect", shift)),
    ofResult(of, "half a point less of the effect", (found) => changePart(found, "effect", narrow)),
    ofResult(of, "2% more p", (found) => (found.defined ? { ...found, p: factor * found.p } : found)),
  ];
}

const ofGroups: readonly Mutant[] = [
  ...ofDifference("differenceOfShares"),
  ...ofDifference("differenceOfMeans"),
  ...(["difference", "effect"] as const).flatMap((part) => [
    ofResult("comparePairedShares", `2% more ${part}`, (found) => ({ ...found, difference: changePart(found.difference, part, shift) })),
    ofResult("comparePairedShares", `half a point less of the ${part}`, (found) => ({
      ...found,
      difference: changePart(found.difference, part, narrow),
    })),
  ]),
  ofResult("comparePairedShares", "2% more p", (found) => ({
    ...found,
    difference: found.difference.defined ? { ...found.difference, p: factor * found.difference.p } : found.difference,
  })),
  ofResult("comparePairedShares", "2% more correlation", (found) => ({ ...found, correlation: scaleIfDefined(found.correlation) })),
  ofResult("comparePairedShares", "half a point less of the correlation", (found) => ({
    ...found,
    correlation: narrowIfDefined(found.correlation),
  })),
  ofResult("holm", "2% more", (ps) => ps.map((p) => factor * p)),
  ofResult("meanInterval", "half a point less", narrowBoundsIfDefined),
  ofResult("momentsOf", "2% more mean", (found) => scaledParts(found, "mean")),
  ofResult("momentsOf", "2% more deviation", (found) => scaledParts(found, "deviation")),
  ofResult("medianInterval", "2% more", (found) => found && shift(found)),
  ofResult("medianInterval", "half a point less", narrowOrNull),
  ofResult("quantile", "2% more", (value) => factor * value),
];

const ofShares: readonly Mutant[] = [
  ofResult("shareOverVoters", "2% more", (found) => ("share" in found ? { ...found, share: factor * found.share } : found)),
  ofResult("shareOverVoters", "half a point less", (found) =>
    "share" in found ? { ...found, interval: narrowBoundsIfDefined(found.interval) } : found,
  ),
  ofResult("sharesOfImages", "2% more mean", (found) => scaledParts(found, "mean")),
  ofResult("sharesOfImages", "2% more between images", (found) => scaledParts(found, "imageSquares")),
  ofResult("sharesOfImages", "2% more between voters", (found) => scaledParts(found, "voterSquares")),
  ofResult("meanShare", "half a point less", narrowBoundsIfDefined),
  ofResult("recognisedShare", "2% more", (found) => scaledParts(found, "share")),
  ofResult("recognisedShare", "half a point less", (found) => found && narrowAroundMiddle(found)),
  ofResult("meanRecognised", "half a point less", narrowBoundsIfDefined),
  ofResult("intervalOfShare", "2% more", shift),
  ofResult("intervalOfShare", "half a point less", narrow),
  // The interval of a fixed number of votes where agreement decides when an image stops.
  ofResult("shareIntervalOf", "of the other rule", (found) => (found === "wilson" ? "sequence" : "wilson")),
  ofResult("countAboveChance", "2% more", ({ units, meanAbove, intervalAbove }) => ({
    units,
    meanAbove: meanAbove && shift(meanAbove),
    intervalAbove: intervalAbove && shift(intervalAbove),
  })),
  ofResult("countAboveChance", "half a point less", ({ units, meanAbove, intervalAbove }) => ({
    units,
    meanAbove: narrowOrNull(meanAbove),
    intervalAbove: narrowOrNull(intervalAbove),
  })),
  ofResult("countAboveChance", "half a point less of each unit", (found) => ({
    ...found,
    units: found.units.map((unit) => ({ ...unit, share: narrow(unit.share) })),
  })),
  ofResult("binomialUpperTail", "2% more", (p) => factor * p),
  ofResult("mostDisputed", "2% more", (items) => items.map((item) => scaledParts(item, "agreement"))),
];

function changeRoom(name: "blind" | "blindOnSameImages" | "again", what: string, change: typeof scaleIfDefined): Mutant {
  return ofResult("roomAgreement", `${what}, ${name}`, (found) => ({ ...found, [name]: change(found[name]) }));
}

const ofAgreement: readonly Mutant[] = [
  // Of few voters, it has an estimate and no interval.
  ofResult("agreementInterval", "2% more", (found) =>
    found.estimate === undefined ? found : ({ ...found, estimate: factor * found.estimate } as typeof found),
  ),
  ofResult("agreementInterval", "half a point less", narrowIfDefined),
  ...(["blind", "blindOnSameImages", "again"] as const).flatMap((name) => [
    changeRoom(name, "2% more", scaleIfDefined),
    changeRoom(name, "half a point less", narrowIfDefined),
  ]),
  ofResult("codingAgreement", "2% more", (found) => ({ ...found, alpha: scaleIfDefined(found.alpha) })),
  ofResult("codingAgreement", "half a point less", (found) => ({ ...found, alpha: narrowIfDefined(found.alpha) })),
  ofResult("shareReliability", "2% more", scaleIfDefined),
  ofResult("shareReliability", "half a point less", narrowIfDefined),
  ofResult("splitHalfReliability", "2% more", scaleIfDefined),
  ofResult("splitHalfReliability", "2% more by components", (found) =>
    found.defined ? { ...found, reliability: scaleIfDefined(found.reliability) } : found,
  ),
];

const ofSensitivity: readonly Mutant[] = [
  ...["dPrime", "criterion", "hitRate", "falseAlarmRate"].map((part) =>
    ofResult("yesNoSensitivity", `2% more ${part}`, (found) => scaledParts(found, part)),
  ),
  ...["detected", "discriminated", "bias"].map((part) =>
    ofResult("yesNoThresholds", `2% more ${part}`, (found) => scaledParts(found, part)),
  ),
  ofResult("logLinearRate", "2% more", (rate) => factor * rate),
  ofResult("withoutGuesses", "2% more", (share) => factor * share),
  ofResult("forcedChoiceDPrime", "2% more", (dPrime) => factor * dPrime),
  ofResult("intervalOverVoters", "2% more", (found) => found && { ...found, ...shift(found) }),
  ofResult("intervalOverVoters", "half a point less", narrowOrNull),
  ofResult("bcaBootstrap", "2% more", (found) => ({ ...found, ...shift(found) })),
  ofResult("bcaBootstrap", "half a point less", (found) => ({ ...found, ...narrow(found) })),
];

type Records<Name extends "describeVoters" | "describeImages"> = ReturnType<Statistics[Name]>;

function ofVoter(what: string, change: (voter: Records<"describeVoters">[number]) => Partial<Records<"describeVoters">[number]>): Mutant {
  return ofResult("describeVoters", what, (found) => found.map((voter) => ({ ...voter, ...change(voter) })));
}

function ofImage(what: string, change: (image: Records<"describeImages">[number]) => Partial<Records<"describeImages">[number]>): Mutant {
  return ofResult("describeImages", what, (found) => found.map((image) => ({ ...image, ...change(image) })));
}

const ofRecords: readonly Mutant[] = [
  ...(["agreement", "gold", "noise"] as const).flatMap((name) => [
    ofVoter(`2% more ${name}`, (voter) => ({ [name]: { ...voter[name], share: voter[name].share && shift(voter[name].share) } })),
    ofVoter(`half a point less of ${name}`, (voter) => ({ [name]: { ...voter[name], share: narrowOrNull(voter[name].share) } })),
  ]),
  ofVoter("2% more p of canaries", ({ canaries }) => ({ canaries: scaledParts(canaries, "p") })),
  ofVoter("2% more of the median time", ({ times }) => ({ times: scaledParts(times, "median") })),
  ofImage("2% more p", ({ p }) => ({ p: p && factor * p })),
  ofImage("2% more adjusted p", ({ adjustedP }) => ({ adjustedP: adjustedP && factor * adjustedP })),
  ofImage("2% more", ({ interval }) => ({ interval: interval && shift(interval) })),
  ofImage("half a point less", ({ interval }) => ({ interval: narrowOrNull(interval) })),
  ofImage("half a point less of the Beta interval", ({ beta }) => ({ beta: narrow(beta) })),
  ofResult(
    "responseBias",
    "2% more of base rates",
    (found) => found && { ...found, categories: found.categories.map((category) => scaledParts(category, "baseRate")) },
  ),
  ofResult(
    "responseBias",
    "half a point less",
    (found) =>
      found && { ...found, categories: found.categories.map((category) => ({ ...category, right: narrowOrNull(category.right) })) },
  ),
  ...(["responseBias", "scoreConfusion"] as const).flatMap((of) =>
    ["accuracy", "expected", "corrected"].map((part) => ofResult(of, `2% more ${part}`, (found) => scaledParts(found, part))),
  ),
  ...["median", "lowerQuartile", "upperQuartile", "tooFast", "tooSlow"].map((part) =>
    ofResult("responseTimes", `2% more ${part}`, (found) => scaledParts(found, part)),
  ),
  ...(["skill", "interval"] as const).map((part) =>
    ofResult("skillsOf", part === "skill" ? "2% more" : "half a point less", (found) => ({
      ...found,
      of(voter) {
        const one = found.of(voter);
        if (!("skill" in one)) return one;
        if (part === "skill") return { ...one, skill: factor * one.skill };
        return { ...one, interval: narrowBoundsIfDefined(one.interval) };
      },
    })),
  ),
  ofResult("reliabilityDiagram", "2% more", (bins) => bins.map((bin) => scaledParts(bin, "truth"))),
  ofResult("reliabilityDiagram", "2% more confidence", (bins) => bins.map((bin) => scaledParts(bin, "confidence"))),
  ofResult("errorBand", "2% more", (found) => ({ ...found, ...shift(found) })),
  ofResult("errorBand", "half a point less", (found) => ({ ...found, ...narrow(found) })),
];

export const shownMutants: readonly Mutant[] = [...ofGroups, ...ofShares, ...ofAgreement, ...ofSensitivity, ...ofRecords];
