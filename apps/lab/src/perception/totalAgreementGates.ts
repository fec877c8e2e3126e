/** Gate: the interval of the total agreement covers the agreement of all people on all images, with few and many voters and images. */
import { addTallies, emptyTally, type Tally } from "@pareidolia/perception/images/imageTally";
import { electorates } from "@pareidolia/perception/power/electorate";
import { totalAgreement } from "@pareidolia/perception/study/totalAgreement";
import { judge, type ReportRow } from "../report.ts";

interface Case {
  readonly id: string;
  readonly voters: number;
  readonly images: number;
  readonly agreement: number;
  readonly voterSpread: number;
  readonly imageSpread: number;
  /** Images that each voter sees. */
  readonly trials: number;
}

const cases: readonly Case[] = [
  { id: "alike", voters: 30, images: 48, agreement: 0.75, voterSpread: 0, imageSpread: 0, trials: 48 },
  { id: "both-vary", voters: 40, images: 48, agreement: 0.75, voterSpread: 0.5, imageSpread: 1, trials: 48 },
  { id: "images-vary", voters: 100, images: 30, agreement: 0.5, voterSpread: 0, imageSpread: 1.5, trials: 15 },
  { id: "voters-vary", voters: 15, images: 60, agreement: 0.3, voterSpread: 1, imageSpread: 0.3, trials: 30 },
  { id: "near-one", voters: 40, images: 40, agreement: 0.93, voterSpread: 0.7, imageSpread: 0.7, trials: 40 },
];

function simulateTallies(of: Case, number: number, seed: number): { readonly byVoter: Tally; readonly byImage: Tally } {
  const electorate = electorates(of, seed)(number);
  const byVoter = emptyTally(of.voters);
  let byImage = emptyTally(of.images);
  for (let voter = 0; voter < of.voters; voter++) {
    const random = electorate.votesOf(voter);
    const own = emptyTally(of.images);
    for (let trial = 0; trial < of.trials; trial++) {
      const image = (voter * of.trials + trial) % of.images;
      const agrees = random.chance(electorate.probability(voter, image)) ? 1 : 0;
      own.votes[image] = 1;
      own.agreeing[image] = agrees;
      byVoter.votes[voter] = (byVoter.votes[voter] as number) + 1;
      byVoter.agreeing[voter] = (byVoter.agreeing[voter] as number) + agrees;
    }
    byImage = addTallies(byImage, own);
  }
  return { byVoter, byImage };
}

/** @param studies number of simulated studies for each case. */
export function totalAgreementGates({ studies = 2000, seed = 1 } = {}): ReportRow[] {
  return cases.map((of) => {
    let held = 0;
    for (let number = 0; number < studies; number++) {
      const { byVoter, byImage } = simulateTallies(of, number, seed);
      const { interval } = totalAgreement(byVoter, byImage);
      if (interval.defined && interval.low <= of.agreement && of.agreement <= interval.high) held++;
    }
    return judge({
      id: `total-agreement-${of.id}`,
      what: `distance of the coverage from .95: ${of.voters} voters, ${of.images} images`,
      figure: Math.abs(held / studies - 0.95),
      bar: { below: 0.02 },
      detail: `covers ${held} of ${studies}; agreement ${of.agreement}, spread of voters ${of.voterSpread}, of images ${of.imageSpread}`,
    });
  });
}
