/**
 * Gates about voters: the interval of the slope over a session has its nominal coverage, and canaries flag few honest voters and most
 * copying ones.
 */
import { Purpose, Random } from "@pareidolia/core/random";
import { type CheckVotes, canaryTest } from "@pareidolia/perception/voters/canaryTest";
import { sessionSlope, voterSlope } from "@pareidolia/perception/voters/sessionSlope";
import { judge, type ReportRow } from "../report.ts";

interface SlopeCase {
  readonly id: string;
  readonly voters: number;
  readonly trials: number;
  /** Mean change of agreement over the whole session, and the half range over voters. */
  readonly change: number;
  readonly varies: number;
}

const slopeCases: readonly SlopeCase[] = [
  { id: "no-change", voters: 30, trials: 48, change: 0, varies: 0 },
  { id: "practice", voters: 40, trials: 60, change: 0.1, varies: 0.2 },
];

function simulateSlope({ voters, trials, change, varies }: SlopeCase, random: Random): Parameters<typeof sessionSlope>[0] {
  const size = voters * trials;
  const voter = Int32Array.from({ length: size }, (_, vote) => Math.floor(vote / trials));
  const trial = Int32Array.from({ length: size }, (_, vote) => vote % trials);
  const start = Array.from({ length: voters }, () => 0.35 + 0.2 * random.uniform());
  const own = start.map(() => change + varies * (2 * random.uniform() - 1));
  const agrees = Int8Array.from(voter, (who, vote) =>
    random.chance((start[who] as number) + ((own[who] as number) * (trial[vote] as number)) / trials) ? 1 : 0,
  );
  return { voters, voter, trial, agrees };
}

export function sessionSlopeGates({ studies = 2000, seed = 1 } = {}): ReportRow[] {
  return slopeCases.map((of, generation) => {
    let held = 0;
    for (let index = 0; index < studies; index++) {
      const result = sessionSlope(simulateSlope(of, new Random({ seed, generation, index, purpose: Purpose.SIMULATE })));
      const truth = of.change / of.trials;
      if (result !== null && result.slope.low <= truth && truth <= result.slope.high) held++;
    }
    return judge({
      id: `session-slope-${of.id}`,
      what: `distance of the coverage from .95: slope over ${of.trials} trials, ${of.voters} voters`,
      figure: Math.abs(held / studies - 0.95),
      bar: { below: 0.02 },
      detail: `covers ${held} of ${studies}`,
    });
  });
}

/** The slopes of single voters, each with one session of 60 trials. */
export function voterSlopeGate({ voters = 4000, seed = 3 } = {}): ReportRow {
  const of: SlopeCase = { id: "voter", voters: 1, trials: 60, change: 0.3, varies: 0 };
  let held = 0;
  for (let index = 0; index < voters; index++) {
    const result = voterSlope(simulateSlope(of, new Random({ seed, generation: 0, index, purpose: Purpose.SIMULATE })));
    const truth = of.change / of.trials;
    if (result !== null && result.slope.low <= truth && truth <= result.slope.high) held++;
  }
  return judge({
    id: "voter-slope",
    what: "distance of the coverage from .95: slope of one voter over 60 trials",
    figure: Math.abs(held / voters - 0.95),
    bar: { below: 0.02 },
    detail: `covers ${held} of ${voters}`,
  });
}

/** People name the networks' label of each of 6 canaries with probability .1 to .3; 2 of 40 voters do so with .95. */
function canaryStudy(random: Random): CheckVotes {
  const [items, voters, copying] = [6, 40, 2];
  const rates = Array.from({ length: items }, () => 0.1 + 0.2 * random.uniform());
  const item = Int32Array.from({ length: items * voters }, (_, vote) => vote % items);
  const voter = Int32Array.from(item, (_, vote) => Math.floor(vote / items));
  const hit = Uint8Array.from(item, (which, vote) =>
    random.chance((voter[vote] as number) < copying ? 0.95 : (rates[which] as number)) ? 1 : 0,
  );
  return { items, voters, item, voter, hit };
}

export function canaryGates({ studies = 2000, seed = 2 } = {}): ReportRow[] {
  let honest = 0;
  let copying = 0;
  for (let index = 0; index < studies; index++)
    for (const [who, { p }] of canaryTest(canaryStudy(new Random({ seed, generation: 0, index, purpose: Purpose.SIMULATE }))).entries())
      if (p < 0.01) {
        if (who < 2) copying++;
        else honest++;
      }
  return [
    judge({
      id: "canary-honest",
      what: "honest voters whom the canary test flags at p < .01",
      figure: honest / (38 * studies),
      bar: { below: 0.01 },
      detail: "6 canaries, 40 voters",
    }),
    judge({
      id: "canary-copying",
      what: "voters who copy the networks' labels in 95% of canaries and are flagged at p < .01",
      figure: copying / (2 * studies),
      bar: { above: 0.9 },
      detail: "2 of 40 voters",
    }),
  ];
}
