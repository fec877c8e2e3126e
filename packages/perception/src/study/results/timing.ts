/**
 * Timing: how long images were really shown compared with what was requested, by refresh rate, and how long people took to answer. Web
 * timing is coarse, so it is measured and reported.
 */
import { fewestForMedian, medianInterval } from "@pareidolia/analysis/medianInterval";
import { quantile } from "@pareidolia/analysis/quantile";
import { integer, list, nullable, number, record, type Shape, type ShapeValue, text } from "@pareidolia/core/documentShape";
import { undefinedBecause } from "../../agreement/coefficient.ts";
import { responseTimes } from "../../voters/responseTimes.ts";
import type { Evidence, PhaseEvidence, Side } from "./evidence.ts";
import { defined, figureOf, figureOverVoters, figureShape, integers, noVotes, type OrReason, orReason } from "./figure.ts";
import { defineResult } from "./resultKind.ts";

const histogramFields = record({
  /** Milliseconds: bin b is from edges[b] up to, but not including, edges[b + 1]; values outside are in `below` and `above`. */
  edges: list(number),
  counts: integers,
  below: integer,
  above: integer,
});
export interface Histogram extends ShapeValue<typeof histogramFields> {}
const histogramShape: Shape<Histogram> = histogramFields;

const rateFields = record({
  /** Nominal rate; null for trials whose rate was not measured, or is near no usual rate. */
  refreshHz: nullable(number),
  voters: integer,
  trials: integer,
  /** Shown minus requested. */
  difference: histogramShape,
  /** Share of trials that differ by less than one frame of this rate, with an interval for other voters; n counts trials. */
  withinOneFrame: orReason(figureShape),
  /** Trials with dropped frames, of those that counted frames. */
  dropped: record({ trials: integer, of: integer }),
});
export interface RateTiming extends ShapeValue<typeof rateFields> {}
const rateShape: Shape<RateTiming> = rateFields;

const shownFields = record({
  requestedMs: integer,
  /** Counted trials with measured times, and without. */
  measured: integer,
  unmeasured: integer,
  /** Counted trials of the still version, in which no time was requested; none of the others is one. */
  still: integer,
  rates: list(rateShape),
});
export interface ShownTimes extends ShapeValue<typeof shownFields> {}
const shownShape: Shape<ShownTimes> = shownFields;

const responseFields = record({
  /** Of all counted trials with a recorded time, in milliseconds; n counts trials. */
  n: integer,
  median: number,
  lowerQuartile: number,
  upperQuartile: number,
  /** Median over voters of the voters' medians, with an interval for other voters; n counts voters. */
  medianOfVoters: orReason(figureShape),
  histogram: histogramShape,
});
export interface ResponseTiming extends ShapeValue<typeof responseFields> {}
const responseShape: Shape<ResponseTiming> = responseFields;

const phaseFields = record({ protocol: text, shown: orReason(shownShape), response: orReason(responseShape) });
export interface TimingPhase extends ShapeValue<typeof phaseFields> {}
const phaseShape: Shape<TimingPhase> = phaseFields;

export const timing = defineResult({
  id: "timing",
  label: "Timing",
  description: "Times on screen compared with what was requested, and response times.",
  shared: () => ({}),
  sharedShape: record({}),
  compute: (side, evidence) => ({ phases: side.phases.map((phase, index) => timingOf(phase, index, side, evidence)) }),
  sectionShape: record({ phases: list(phaseShape) }),
});

function timingOf(phase: PhaseEvidence, index: number, side: Side, evidence: Evidence): TimingPhase {
  const requestedMs = evidence.plan.rules.design.phases[index]?.timing.imageMs ?? 0;
  return {
    protocol: phase.protocol.kind,
    shown: shownOf(phase, requestedMs, evidence),
    response: responseOf(phase, side),
  };
}

/** Usual rates of screens; a measured rate within 3% counts as one. */
const usualRates = [24, 30, 48, 50, 60, 72, 75, 85, 90, 100, 120, 144, 160, 165, 180, 200, 240, 360, 480];

function nominalRate(refreshHz: number): number | null {
  return usualRates.find((rate) => Math.abs(refreshHz - rate) <= 0.03 * rate) ?? null;
}

/** 2 ms from -100 to 100. */
const differenceEdges = Array.from({ length: 101 }, (_, edge) => -100 + 2 * edge);
/** Eight bins for each doubling from 125 ms to 64 s. */
const responseEdges = Array.from({ length: 73 }, (_, edge) => 125 * 2 ** (edge / 8));

function histogramOf(values: readonly number[], edges: readonly number[]): Histogram {
  const counts = new Int32Array(edges.length - 1);
  let [below, above] = [0, 0];
  for (const value of values) {
    if (value < (edges[0] as number)) below++;
    else if (value >= (edges.at(-1) as number)) above++;
    else {
      let [low, high] = [0, edges.length - 1];
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (value >= (edges[middle] as number)) low = middle;
        else high = middle;
      }
      counts[low] = (counts[low] as number) + 1;
    }
  }
  return { edges: [...edges], counts: [...counts], below, above };
}

function shownOf({ votes, timing: times }: PhaseEvidence, requestedMs: number, { voters }: Evidence): OrReason<ShownTimes> {
  if (requestedMs === 0) return undefinedBecause("Images stay on the screen until the answer.");
  if (votes.item.length === 0) return undefinedBecause(noVotes);
  const trials = [...votes.item.keys()].filter((vote) => voters[votes.voter[vote] as number]?.still !== true);
  if (trials.length === 0) return undefinedBecause("All voters saw the still version, in which images stay until the answer.");
  const difference = (vote: number): number => {
    const requested = times.requestedMs[vote] as number;
    return (times.shownMs[vote] as number) - (Number.isNaN(requested) ? requestedMs : requested);
  };
  const measured = trials.filter((vote) => !Number.isNaN(times.shownMs[vote] as number));
  if (measured.length === 0) return undefinedBecause("No time on screen was measured.");
  const byRate = new Map<number | null, number[]>();
  for (const vote of measured) {
    const rate = nominalRate(times.refreshHz[vote] as number);
    const own = byRate.get(rate) ?? [];
    own.push(vote);
    byRate.set(rate, own);
  }
  const rates = [...byRate].sort(([one], [other]) => (one ?? Number.POSITIVE_INFINITY) - (other ?? Number.POSITIVE_INFINITY));
  return defined({
    requestedMs,
    measured: measured.length,
    unmeasured: trials.length - measured.length,
    still: votes.item.length - trials.length,
    rates: rates.map(([refreshHz, own]) => {
      const isWithin = (vote: number): boolean => Math.abs(difference(vote)) < 1000 / (times.refreshHz[vote] as number);
      const framed = own.filter((vote) => !Number.isNaN(times.droppedFrames[vote] as number));
      return {
        refreshHz,
        voters: new Set(own.map((vote) => votes.voter[vote])).size,
        trials: own.length,
        difference: histogramOf(own.map(difference), differenceEdges),
        withinOneFrame: refreshHz === null ? unknownRate : withinOneFrame(own, isWithin, votes),
        dropped: { trials: framed.filter((vote) => (times.droppedFrames[vote] as number) > 0).length, of: framed.length },
      };
    }),
  });
}

const unknownRate = undefinedBecause("Without a refresh rate, the length of a frame is unknown.");

function withinOneFrame(
  trials: readonly number[],
  isWithin: (vote: number) => boolean,
  { voter, voters }: PhaseEvidence["votes"],
): RateTiming["withinOneFrame"] {
  const [agreeing, votes] = [new Int32Array(voters), new Int32Array(voters)];
  for (const vote of trials) {
    const who = voter[vote] as number;
    votes[who] = (votes[who] as number) + 1;
    if (isWithin(vote)) agreeing[who] = (agreeing[who] as number) + 1;
  }
  return figureOverVoters({ agreeing, votes });
}

function responseOf({ votes }: PhaseEvidence, { voters }: Side): OrReason<ResponseTiming> {
  const all = responseTimes(votes.responseMs);
  if (all === null) return undefinedBecause(votes.item.length === 0 ? noVotes : "No response time was recorded.");
  const own = new Map<number, number[]>(voters.map((voter) => [voter, []]));
  for (const [vote, voter] of votes.voter.entries()) {
    const time = votes.responseMs[vote] as number;
    if (!Number.isNaN(time)) own.get(voter)?.push(time);
  }
  const medians = [...own.values()].filter((times) => times.length > 0).map((times) => quantile(times, 0.5));
  const median = quantile(medians, 0.5);
  return defined({
    n: all.count,
    median: all.median,
    lowerQuartile: all.lowerQuartile,
    upperQuartile: all.upperQuartile,
    medianOfVoters: figureOf(
      medianInterval(medians) ?? { estimate: median, low: Number.NaN, high: Number.NaN },
      medians.length,
      "voters",
      `A 95% interval for other voters needs the times of at least ${fewestForMedian} voters.`,
    ),
    histogram: histogramOf(
      [...votes.responseMs].filter((time) => !Number.isNaN(time)),
      responseEdges,
    ),
  });
}
