/**
 * Mutants of the statistics of votes. Each has to fail a gate of `npm run repro -- perception`; a gate that no mutant fails shows nothing.
 */
import type { StoppingRule } from "@pareidolia/perception/stopping/registry";
import type { TotalAgreement } from "@pareidolia/perception/study/totalAgreement";
import {
  type Ends,
  factor,
  halfAPoint,
  type Mutant,
  narrow,
  narrowBounds,
  narrower,
  narrowIfDefined,
  ofResult,
  scaled,
  scaleIfDefined,
  shift,
} from "./mutate.ts";
import { shownMutants } from "./shownMutants.ts";

function changeTotal(found: TotalAgreement, change: (ends: Ends) => Ends): TotalAgreement {
  if (!found.interval.defined) return found;
  const { estimate, low, high } = change({ estimate: found.share, low: found.interval.low, high: found.interval.high });
  return { ...found, share: estimate, interval: { defined: true, low, high } };
}

const logit = (p: number): number => Math.log(p / (1 - p));
const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

/** Of labels, whose intervals are on the log-odds scale. */
function narrowLabels<A extends { labelInterval: { low: Float64Array; high: Float64Array } | null }>(found: A): A {
  if (found.labelInterval === null) return found;
  const { low, high } = found.labelInterval;
  const middle = low.map((value, k) => (logit(value) + logit(high[k] as number)) / 2);
  const toward = (end: Float64Array): Float64Array =>
    end.map((value, k) => logistic((middle[k] as number) + narrower * (logit(value) - (middle[k] as number))));
  return { ...found, labelInterval: { low: toward(low), high: toward(high) } };
}

/** An interval function whose last argument is the confidence. */
function ofConfidence(of: "exactInterval" | "wilsonInterval"): Mutant {
  return {
    name: `${of}: half a point less`,
    of,
    mutate: (real) => ({ ...real, [of]: (k: number, n: number, confidence = 0.95) => real[of](k, n, confidence - 0.005) }),
  };
}

/** The rule with half a point less confidence or probability. */
function lessCertain(rule: StoppingRule): StoppingRule {
  const values = Object.entries(rule.values).map(([name, value]) => [name, value === 0.95 ? halfAPoint : value]);
  return { ...rule, values: Object.fromEntries(values) } as StoppingRule;
}

const aggregators = ["majority", "oneCoin", "dawidSkene", "mace"] as const;

export const mutants: readonly Mutant[] = [
  ofConfidence("exactInterval"),
  {
    name: "exactInterval: tails x 1.4, a 93% interval",
    of: "exactInterval",
    mutate: (real) => ({ ...real, exactInterval: (k, n) => real.exactInterval(k, n, 0.93) }),
  },
  ofConfidence("wilsonInterval"),
  {
    name: "betaInterval: half a point less",
    of: "betaInterval",
    mutate: (real) => ({
      ...real,
      betaInterval: (k, n, options) => real.betaInterval(k, n, { ...options, confidence: (options?.confidence ?? 0.95) - 0.005 }),
    }),
  },
  {
    name: "sequenceInterval: half a point less",
    of: "sequenceInterval",
    mutate: (real) => ({
      ...real,
      sequenceInterval: (k, n, options) => real.sequenceInterval(k, n, { ...options, confidence: (options?.confidence ?? 0.95) - 0.005 }),
    }),
  },
  {
    name: "sequenceContains: half a point less",
    of: "sequenceContains",
    mutate: (real) => ({ ...real, sequenceContains: (p, k, n) => real.sequenceContains(p, k, n, { confidence: halfAPoint }) }),
  },
  ofResult("krippendorffAlpha", "2% more", scaleIfDefined),
  ofResult("krippendorffAlphaInterval", "half a point less", narrowIfDefined),
  ofResult("fleissKappa", "2% more", scaleIfDefined),
  ofResult("fleissKappaInterval", "half a point less", narrowIfDefined),
  ofResult("percentAgreement", "2% more", scaleIfDefined),
  ofResult("percentAgreementInterval", "half a point less", narrowIfDefined),
  ofResult("pairwiseKappa", "2% more", (pairs) => pairs.map((pair) => ({ ...pair, kappa: scaleIfDefined(pair.kappa) }))),
  ofResult("meanPairwiseKappa", "half a point less", narrowIfDefined),
  ofResult("errorConsistency", "2% more", scaleIfDefined),
  ofResult("errorConsistencyInterval", "half a point less", narrowIfDefined),
  ofResult("meanErrorConsistency", "2% more", scaleIfDefined),
  ofResult("meanErrorConsistency", "half a point less", narrowIfDefined),
  ofResult("trialsForPrecision", "2% more", (trials) => factor * trials),
  ofResult("totalAgreement", "2% more", (found) => changeTotal(found, shift)),
  ofResult("totalAgreement", "half a point less", (found) => changeTotal(found, narrow)),
  ofResult("sessionSlope", "2% more", (found) => found && { ...found, slope: shift(found.slope) }),
  ofResult("sessionSlope", "half a point less", (found) => found && { ...found, slope: narrow(found.slope) }),
  ofResult("voterSlope", "2% more", (found) => found && { ...found, slope: shift(found.slope) }),
  ofResult("voterSlope", "half a point less", (found) => found && { ...found, slope: narrow(found.slope) }),
  ofResult("canaryTest", "2% more", (voters) => voters.map((voter) => ({ ...voter, p: factor * voter.p }))),
  ofResult("benjaminiHochberg", "2% more", (ps) => ps.map((p) => Math.min(1, factor * p))),
  {
    name: "decide: half a point less",
    of: "decide",
    mutate: (real) => ({ ...real, decide: (rule, votes) => real.decide(lessCertain(rule), votes) }),
  },
  ofResult("planVoters", "2% more votes", (plan) => ({ ...plan, votesPerImage: factor * plan.votesPerImage })),
  ofResult("planVoters", "2% more voters", (plan) => ({
    ...plan,
    voters: { ...plan.voters, median: plan.voters.median === null ? null : factor * plan.voters.median },
  })),
  ofResult("planTotal", "2% less", (plans) =>
    plans.map(({ width: { median, low, high }, ...plan }) => ({
      ...plan,
      width: { median: median / factor, low: low / factor, high: high / factor },
    })),
  ),
  ofResult("calibrationError", "2% more ECE", (error) => ({ ...error, ece: factor * error.ece })),
  ofResult("calibrationError", "2% more debiased ECE", (error) => ({ ...error, debiasedEce: factor * error.debiasedEce })),
  ofResult("calibrationError", "2% more debiased square", (error) => ({ ...error, debiasedSquare: factor * error.debiasedSquare })),
  ofResult("calibrationBands", "half a point less in a bin", (bands) => ({
    ...bands,
    truth: bands.truth.map((band) => narrow({ ...band, estimate: (band.low + band.high) / 2 })),
  })),
  ofResult("calibrationBands", "half a point less of the debiased ECE", (bands) => ({ ...bands, debiasedEce: narrow(bands.debiasedEce) })),
  ofResult("imageDistances", "2% more Brier", (found) => ({ ...found, brier: scaled(found.brier) })),
  ofResult("imageDistances", "2% more Brier without noise", (found) => ({ ...found, unbiasedBrier: scaled(found.unbiasedBrier) })),
  ofResult("imageDistances", "2% more log score", (found) => ({ ...found, logScore: scaled(found.logScore) })),
  ofResult("imageDistances", "2% more entropy", (found) => ({ ...found, peopleEntropy: scaled(found.peopleEntropy) })),
  ofResult("meanWithInterval", "2% more", (found) => ({ ...found, ...shift(found) })),
  ofResult("meanWithInterval", "half a point less", (found) => ({ ...found, ...narrow(found) })),
  ofResult("fitTemperature", "2% more", (temperature) => factor * temperature),
  ...aggregators.flatMap((of): readonly Mutant[] => [
    ofResult(of, "2% more skill", (found) => ({ ...found, skill: scaled(found.skill) })),
    ofResult(of, "2% less posterior", (found) => ({ ...found, posterior: found.posterior.map((p) => p / factor) })),
    ofResult(of, "half a point less of a skill", (found) => ({ ...found, skillInterval: narrowBounds(found.skillInterval, found.skill) })),
  ]),
  ofResult("glad", "2% more skill", (found) => ({ ...found, skill: scaled(found.skill) })),
  ...(["majority", "oneCoin", "dawidSkene"] as const).map((of) => ofResult(of, "half a point less of a label", narrowLabels)),
  ofResult("bradleyTerry", "2% more", (found) => ({ ...found, strength: scaled(found.strength) })),
  ofResult("bradleyTerry", "half a point less", (found) => ({
    ...found,
    strengthInterval: narrowBounds(found.strengthInterval, found.strength),
  })),
  ...shownMutants,
];
