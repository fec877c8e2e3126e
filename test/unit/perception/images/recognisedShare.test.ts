/** The share that recognises a label, beyond guessing, over votes with different numbers of choices. */
import { wilsonInterval } from "@pareidolia/analysis/wilson";
import { withoutGuesses } from "@pareidolia/perception/detection/signalDetection";
import { meanShare } from "@pareidolia/perception/images/meanShare";
import { type CorrectedVotes, meanRecognised, recognisedShare } from "@pareidolia/perception/images/recognisedShare";
import { expect, it } from "vitest";

const within = (value: number) => Math.max(0, Math.min(1, value));
const part = (votes: number, agreeing: number, choices: number): CorrectedVotes => ({
  votes,
  recognised: agreeing - (votes - agreeing) / (choices - 1),
  guessOdds: votes / (choices - 1),
});
const pooled = (...parts: readonly CorrectedVotes[]): CorrectedVotes =>
  parts.reduce((one, other) => ({
    votes: one.votes + other.votes,
    recognised: one.recognised + other.recognised,
    guessOdds: one.guessOdds + other.guessOdds,
  }));

it.each([
  [40, 25, 2],
  [40, 20, 2],
  [24, 24, 10],
  [24, 0, 10],
  [7, 3, 4],
])(
  "of %d votes, %d agreeing, among %d choices is the corrected share, and its interval Wilson's, corrected",
  (votes, agreeing, choices) => {
    const { estimate, low, high } = wilsonInterval(agreeing, votes);
    const corrected = (share: number) => expect.closeTo(within(withoutGuesses(share, 1 / choices)), 12);
    const found = recognisedShare(part(votes, agreeing, choices));
    expect(found).toEqual({ share: corrected(estimate), low: corrected(low), high: corrected(high) });
    for (const value of Object.values(found ?? {})) expect(within(value)).toBe(value);
  },
);

it("is the same for questions with different numbers of choices, whose plain shares differ", () => {
  // A fifth recognises the label, and all others guess: 60% of two choices and 28% of ten.
  const [ofTwo, ofTen] = [part(100, 60, 2), part(100, 28, 10)];
  for (const votes of [ofTwo, ofTen, pooled(ofTwo, ofTen)]) expect(recognisedShare(votes)?.share).toBeCloseTo(0.2, 12);
});

it("has an interval between those of its parts, as of so many votes at a level of chance between theirs", () => {
  const [ofTwo, ofTen] = [part(100, 60, 2), part(100, 28, 10)];
  const width = (votes: CorrectedVotes) => {
    const found = recognisedShare(votes);
    return found === null ? Number.NaN : found.high - found.low;
  };
  const both = width(pooled(ofTwo, ofTen));
  expect(both).toBeGreaterThan(width(pooled(ofTen, ofTen)));
  expect(both).toBeLessThan(width(pooled(ofTwo, ofTwo)));
});

it("has none without votes", () => {
  expect(recognisedShare({ votes: 0, recognised: 0, guessOdds: 0 })).toBeNull();
});

it("of a mean over images has the interval of the plain mean, corrected, where all have one number of choices", () => {
  const plain = { images: 5, votes: 100, voters: 20, mean: 0.55, imageSquares: 0.2, voterSquares: 0.4, inverseVotes: 0.25 };
  const scale = (1 - 1 / 4) ** 2;
  const bounds = meanShare(plain);
  expect(bounds.defined).toBe(true);
  if (!bounds.defined) return;
  const found = meanRecognised({
    ...plain,
    mean: withoutGuesses(plain.mean, 1 / 4),
    imageSquares: plain.imageSquares / scale,
    voterSquares: plain.voterSquares / scale,
    odds: 1 / 3,
  });
  expect(found).toEqual({
    defined: true,
    low: expect.closeTo(within(withoutGuesses(bounds.low, 1 / 4)), 12),
    high: expect.closeTo(within(withoutGuesses(bounds.high, 1 / 4)), 12),
  });
});

it("of a mean below chance stays within 0 and 1", () => {
  const found = meanRecognised({
    images: 4,
    votes: 80,
    voters: 20,
    mean: -0.4,
    imageSquares: 0.1,
    voterSquares: 0.3,
    inverseVotes: 0.2,
    odds: 1,
  });
  expect(found).toMatchObject({ defined: true, low: 0, high: expect.any(Number) });
  if (found.defined) expect(found.high).toBe(within(found.high));
});
