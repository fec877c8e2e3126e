/**
 * How precisely a study of given numbers of voters and images will measure its total agreement, simulated from the study's own trials. More
 * votes by the same people on the same images add little once differences between people and between images account for most of the
 * variance.
 */
import { quantile } from "@pareidolia/analysis/quantile";
import { AppError } from "@pareidolia/core/appError";
import { emptyTally } from "../images/imageTally.ts";
import { totalAgreement } from "../study/totalAgreement.ts";
import { buildTrials } from "../trials/buildTrials.ts";
import type { DesignedTrials } from "../trials/design.ts";
import { type ElectorateOptions, electorates } from "./electorate.ts";

export interface TotalPlanOptions extends ElectorateOptions {
  readonly seed: number;
  /** Numbers of voters and of images to compare, each at least 2; at most as many images as the design has. */
  readonly voters: readonly number[];
  readonly images: readonly number[];
  /** Default .95. */
  readonly confidence?: number;
  /** Share of answers that will not count as votes. Default 0. */
  readonly missing?: number;
  /** Number of simulated studies for each pair of numbers. Default 50. */
  readonly studies?: number;
}

export interface TotalPlan {
  readonly voters: number;
  readonly images: number;
  /** Width of the interval of the total agreement: median of the simulated studies and their middle 90%. */
  readonly width: { readonly median: number; readonly low: number; readonly high: number };
}

/** The design with its first images only; the numbers for each voter shrink with it. */
function withImages(design: DesignedTrials, images: number): DesignedTrials {
  const counted = design.perVoter.counted === design.stimuli.length ? images : Math.min(design.perVoter.counted, images);
  return { ...design, stimuli: design.stimuli.slice(0, images), perVoter: { ...design.perVoter, counted } };
}

/** @returns a plan for each number of images and of voters, in that order. @throws AppError INVALID_INPUT for numbers out of range. */
export function planTotal(design: DesignedTrials, options: TotalPlanOptions): TotalPlan[] {
  const { seed, confidence = 0.95, missing = 0, studies = 50 } = options;
  for (const count of options.images)
    if (!(count >= 2 && count <= design.stimuli.length))
      throw new AppError("INVALID_INPUT", `The plan compares from 2 to ${design.stimuli.length} images, not ${count}.`, {
        field: "images",
      });
  const draw = electorates(options, seed);
  return options.images.flatMap((images) => {
    const smaller = withImages(design, images);
    const phase = design.phases.length - 1;
    const most = options.voters.reduce((larger, count) => Math.max(larger, count), 0);
    const sessions = Array.from({ length: most }, (_, voter) =>
      buildTrials(smaller, { seed, voter }).flatMap((trial) => (trial.role === "counted" && trial.phase === phase ? [trial.item] : [])),
    );
    return options.voters.map((voters) => {
      const widths = Array.from({ length: studies }, (_, study) => {
        const electorate = draw(study);
        const byVoter = emptyTally(voters);
        const byImage = emptyTally(images);
        for (let voter = 0; voter < voters; voter++) {
          const random = electorate.votesOf(voter);
          for (const image of sessions[voter] as readonly number[]) {
            if (random.chance(missing)) continue;
            const agrees = random.chance(electorate.probability(voter, image)) ? 1 : 0;
            byVoter.votes[voter] = (byVoter.votes[voter] as number) + 1;
            byVoter.agreeing[voter] = (byVoter.agreeing[voter] as number) + agrees;
            byImage.votes[image] = (byImage.votes[image] as number) + 1;
            byImage.agreeing[image] = (byImage.agreeing[image] as number) + agrees;
          }
        }
        const { interval } = totalAgreement(byVoter, byImage, confidence);
        // Without an interval, the agreement may be anything from 0 to 1.
        return interval.defined ? interval.high - interval.low : 1;
      });
      return { voters, images, width: { median: quantile(widths, 0.5), low: quantile(widths, 0.05), high: quantile(widths, 0.95) } };
    });
  });
}
