/** The width of an image's interval against the number of voters. */
import { wilsonInterval } from "@pareidolia/analysis/wilson";

export interface CurvePoint {
  readonly voters: number;
  /** Mean votes on an image. */
  readonly votes: number;
  /** Widths of the 95% Wilson interval in percentage points, if half or 19 of 20 votes agree. */
  readonly split: number;
  readonly agreed: number;
}

const points = 60;
const usualAgreement = 0.95;

/** @param perVoter counted images that a voter sees. @param end the largest number of voters. */
export function intervalCurve({
  images,
  perVoter,
  end,
}: {
  readonly images: number;
  readonly perVoter: number;
  readonly end: number;
}): CurvePoint[] {
  if (images === 0 || perVoter === 0) return [];
  const first = Math.max(1, Math.ceil(images / perVoter));
  const width = (votes: number, share: number): number => {
    const { low, high } = wilsonInterval(votes * share, votes);
    return (high - low) * 100;
  };
  const counts = Array.from({ length: points }, (_, index) => Math.round(first + ((end - first) * index) / (points - 1)));
  return [...new Set(counts)]
    .filter((voters) => voters >= first)
    .map((voters) => {
      const votes = (voters * perVoter) / images;
      return { voters, votes, split: width(votes, 0.5), agreed: width(votes, usualAgreement) };
    });
}
