/**
 * Shares of votes with intervals for other voters, or other voters and other images, computed again from single votes: the variance between
 * voters and between images by its definition, the score equation that an interval's ends solve, and their combination for a difference.
 * Shares that are corrected for guessing are checked by the variance that the threshold model gives a vote, without a plain share between.
 */
import { emptyTally, type Tally } from "@pareidolia/perception/images/imageTally";
import type { ReportRow } from "../../report.ts";
import { near, nearAll } from "../row.ts";
import { drawVotes, satterthwaite } from "./crossed.ts";
import { normalPoint, studentPoint, studentTails } from "./formulas.ts";
import type { ClosedFormGates, Statistics } from "./statistics.ts";

const rounding = 1e-9;

/** Votes of 25 voters on 40 images; answer 1 agrees. Images have different numbers of votes. */
const votes = drawVotes({ voters: 25, images: 40, answers: 2 });
type Votes = typeof votes;

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const squares = (values: readonly number[]): number => sum(values.map((value) => value ** 2));
const agreeing = (of: Votes): number => of.filter(({ answer }) => answer === 1).length;

interface Part {
  readonly variance: number;
  readonly freedom: number;
}

/** Between groups of votes, from each group's sum of scores; c / (c - 1) of their squares (Cameron, Gelbach & Miller 2011). */
function between(of: Votes, name: "item" | "voter", score: (vote: Votes[number]) => number): Part {
  const groups = [...new Set(of.map((vote) => vote[name]))];
  const sums = groups.map((group) => sum(of.filter((vote) => vote[name] === group).map(score)));
  return { variance: (squares(sums) * groups.length) / (groups.length - 1), freedom: groups.length - 1 };
}

/** (share - end)^2 size / (end (1 - end)), which is t^2 at both ends. */
function reaches(share: number, size: number, ends: readonly number[]): readonly number[] {
  return ends.map((end) => Math.sqrt(((share - end) ** 2 * size) / (end * (1 - end))));
}

/** The ends that solve the score equation, by its two roots. */
function scoreEnds(share: number, size: number, t: number): readonly [number, number] {
  const [a, b, c] = [1 + t ** 2 / size, -(2 * share + t ** 2 / size), share ** 2];
  const root = Math.sqrt(b ** 2 - 4 * a * c);
  return [(-b - root) / (2 * a), (-b + root) / (2 * a)];
}

const endsOf = (interval: { readonly defined: boolean }): readonly number[] => {
  const { low = Number.NaN, high = Number.NaN } = interval as { low?: number; high?: number };
  return [low, high];
};

function overVotersRows({ shareOverVoters }: Statistics): readonly ReportRow[] {
  const own = votes.filter(({ voter, item }) => (voter + item) % 3 !== 0 || voter < 10);
  const voters = [...new Set(own.map(({ voter }) => voter))];
  const of = (voter: number): Votes => own.filter((vote) => vote.voter === voter);
  // Half of the voters agree with three in four images more, so that voters vary more than votes.
  const isLenient = ({ voter, item }: Votes[number]): boolean => voter % 2 === 0 && item % 4 !== 0;
  const agrees = (vote: Votes[number]): number => (vote.answer === 1 || isLenient(vote) ? 1 : 0);
  const found = shareOverVoters(
    { agreeing: voters.map((voter) => sum(of(voter).map(agrees))), votes: voters.map((voter) => of(voter).length) },
    "",
  );
  const share = sum(own.map(agrees)) / own.length;
  const { variance, freedom } = between(own, "voter", (vote) => (agrees(vote) - share) / own.length);
  const t = studentPoint(freedom);
  return [
    near({
      id: "value shares",
      what: "share of all votes of 25 voters",
      figure: "share" in found ? found.share : Number.NaN,
      expected: share,
      tolerance: rounding,
    }),
    nearAll({
      id: "width shares",
      what: "share over voters: ends of the interval solve the score equation with the variance between voters and Student's t",
      figures: "share" in found ? reaches(share, (share * (1 - share)) / variance, endsOf(found.interval)) : [],
      expected: [t, t],
      tolerance: 1e-6,
    }),
  ];
}

/** Each vote weighs 1 / (votes on its image). */
function meanShareRows({ sharesOfImages, meanShare }: Statistics): readonly ReportRow[] {
  const images = [...new Set(votes.map(({ item }) => item))];
  const on = (item: number): Votes => votes.filter((vote) => vote.item === item);
  const mean = sum(images.map((item) => agreeing(on(item)) / on(item).length)) / images.length;
  const column = (name: "item" | "voter"): Int32Array => Int32Array.from(votes, (vote) => vote[name]);
  const shares = sharesOfImages(
    { items: 40, voters: 25, item: column("item"), voter: column("voter"), agrees: Int8Array.from(votes, ({ answer }) => answer) },
    new Uint8Array(40).fill(1),
  );
  const score = (vote: Votes[number]): number => (vote.answer - mean) / on(vote.item).length / images.length;
  const parts = [between(votes, "voter", score), between(votes, "item", score)];
  const effective = images.length ** 2 / sum(images.map((item) => 1 / on(item).length));
  const total = sum(parts.map(({ variance }) => variance)) - (mean * (1 - mean)) / (effective - 1);
  const t = studentPoint(satterthwaite(total, parts));
  const found = shares === null ? { defined: false } : meanShare(shares);
  return [
    near({
      id: "value shares",
      what: "mean share of 40 images with different numbers of votes",
      figure: shares?.mean ?? Number.NaN,
      expected: mean,
      tolerance: rounding,
    }),
    nearAll({
      id: "width shares",
      what: "mean share: ends of the interval solve the score equation with the two-way variance and Student's t",
      figures: reaches(mean, (mean * (1 - mean)) / total, endsOf(found)),
      expected: [t, t],
      tolerance: 1e-6,
    }),
  ];
}

/** Choices of an image's question: votes on images with two and with four choices are pooled. */
const choicesOf = ({ item }: Votes[number]): number => (item % 2 === 0 ? 2 : 4);
const correctedValue = (vote: Votes[number]): number => (vote.answer === 1 ? 1 : -1 / (choicesOf(vote) - 1));
const guessOdds = (vote: Votes[number]): number => 1 / (choicesOf(vote) - 1);

/** Of a recognised share r, a vote has the variance (1 - r) (r + odds of a right guess): (share - end)^2 size / this is t^2 at both ends. */
function reachesRecognised(share: number, size: number, odds: number, ends: readonly number[]): readonly number[] {
  return ends.map((end) => Math.sqrt(((share - end) ** 2 * size) / ((1 - end) * (end + odds))));
}

function recognisedShareRows({ recognisedShare }: Statistics): readonly ReportRow[] {
  const own = votes.filter(({ item, answer }) => item < 20 && (answer === 1 || item % 3 > 0));
  const [recognised, odds] = [sum(own.map(correctedValue)), sum(own.map(guessOdds))];
  const found = recognisedShare({ votes: own.length, recognised, guessOdds: odds });
  const share = recognised / own.length;
  return [
    near({
      id: "value shares",
      what: "share that recognises a label, of votes among two and among four choices",
      figure: found?.share ?? Number.NaN,
      expected: share,
      tolerance: rounding,
    }),
    nearAll({
      id: "width shares",
      what: "share that recognises a label: ends of the interval solve the score equation with the variance of the threshold model",
      figures: reachesRecognised(share, own.length, odds / own.length, found === null ? [] : [found.low, found.high]),
      expected: [normalPoint, normalPoint],
      tolerance: 1e-6,
    }),
  ];
}

/** As `meanShareRows`, of corrected votes. */
function meanRecognisedRows({ meanRecognised }: Statistics): readonly ReportRow[] {
  const own = votes.filter(({ item, answer, voter }) => answer === 1 || (item + voter) % 3 === 0);
  const images = [...new Set(own.map(({ item }) => item))].map((item) => own.filter((vote) => vote.item === item));
  const sizeOf = (vote: Votes[number]): number => images.find(([first]) => first?.item === vote.item)?.length ?? Number.NaN;
  const shares = images.map((on) => sum(on.map(correctedValue)) / on.length);
  const mean = sum(shares) / images.length;
  const odds = sum(images.map((on) => sum(on.map(guessOdds)) / on.length)) / images.length;
  const score = (vote: Votes[number]): number => (correctedValue(vote) - mean) / sizeOf(vote) / images.length;
  const voters = [...new Set(own.map(({ voter }) => voter))];
  const ofVoter = (voter: number): number => sum(own.filter((vote) => vote.voter === voter).map(score)) * images.length;
  const found = meanRecognised({
    images: images.length,
    voters: voters.length,
    votes: own.length,
    mean,
    odds,
    imageSquares: squares(shares.map((share) => share - mean)),
    voterSquares: squares(voters.map(ofVoter)),
    inverseVotes: sum(images.map((on) => 1 / on.length)),
  });
  const parts = [between(own, "voter", score), between(own, "item", score)];
  const ofVotes = (1 - mean) * (mean + odds);
  const total = sum(parts.map(({ variance }) => variance)) - ofVotes / (images.length ** 2 / sum(images.map((on) => 1 / on.length)) - 1);
  const t = studentPoint(satterthwaite(total, parts));
  return [
    nearAll({
      id: "width shares",
      what: "mean share that recognises a label: ends of the interval solve the score equation with the two-way variance and Student's t",
      figures: reachesRecognised(mean, ofVotes / total, odds, endsOf(found)),
      expected: [t, t],
      tolerance: 1e-6,
    }),
  ];
}

function talliesOf(of: Votes): { readonly byVoter: Tally; readonly byImage: Tally } {
  const [byVoter, byImage] = [emptyTally(25), emptyTally(40)];
  for (const { item, voter, answer } of of)
    for (const [tally, index] of [
      [byVoter, voter],
      [byImage, item],
    ] as const) {
      tally.votes[index] = (tally.votes[index] as number) + 1;
      tally.agreeing[index] = (tally.agreeing[index] as number) + answer;
    }
  return { byVoter, byImage };
}

/** Two groups of 20 images with the same voters: Newcombe 1998, method 10, with the correlation of Zou 2007. */
function differenceRows({ differenceOfShares }: Statistics): readonly ReportRow[] {
  const groups = [0, 1].map((half) => votes.filter(({ item }) => Math.floor(item / 20) === half));
  const measured = groups.map((own) => {
    const share = agreeing(own) / own.length;
    const score = (vote: Votes[number]): number => (vote.answer - share) / own.length;
    const [voters, images] = [between(own, "voter", score), between(own, "item", score)];
    const ofVotes = (share * (1 - share)) / (own.length - 1);
    const ofVoter = (voter: number): number => sum(own.filter((vote) => vote.voter === voter).map(score));
    return { share, voters, images, total: voters.variance + images.variance - ofVotes, ofVoter };
  });
  const [one, other] = measured as [(typeof measured)[number], (typeof measured)[number]];
  const everyone = Array.from({ length: 25 }, (_, voter) => voter);
  const covariance = (sum(everyone.map((voter) => one.ofVoter(voter) * other.ofVoter(voter))) * 25) / 24;
  const total = one.total + other.total - 2 * covariance;
  const ofVoters = { variance: one.voters.variance + other.voters.variance - 2 * covariance, freedom: 24 };
  const freedom = satterthwaite(total, [ofVoters, one.images, other.images]);
  const [t, r] = [studentPoint(freedom), covariance / Math.sqrt(one.total * other.total)];
  const expected = (scale: (share: number) => number): readonly number[] => {
    const [p, q] = [scale(one.share), scale(other.share)];
    const [[a, b], [c, d]] = [one, other].map(({ share, total: own }) => scoreEnds(share, (share * (1 - share)) / own, t).map(scale)) as [
      [number, number],
      [number, number],
    ];
    const reach = (x: number, y: number): number => Math.sqrt(x ** 2 + y ** 2 - 2 * r * x * y);
    return [p - q, p - q - reach(p - a, d - q), p - q + reach(b - p, q - c)];
  };
  const found = differenceOfShares(talliesOf(groups[0] as Votes), talliesOf(groups[1] as Votes));
  const row = (what: string, figures: readonly number[], values: readonly number[]): ReportRow =>
    nearAll({
      id: "value difference",
      what: `difference of the shares of two groups of images: ${what}`,
      figures,
      expected: values,
      tolerance: 1e-6,
    });
  const list = ({ estimate, low, high }: { estimate: number; low: number; high: number }): readonly number[] => [estimate, low, high];
  return [
    row(
      "estimate and ends of the interval",
      found.defined ? list(found.difference) : [],
      expected((share) => share),
    ),
    row("p, by Student's t", found.defined ? [found.p] : [], [studentTails((one.share - other.share) / Math.sqrt(total), freedom)]),
    row(
      "Cohen's h and its interval",
      found.defined ? list(found.effect) : [],
      expected((share) => 2 * Math.asin(Math.sqrt(share))),
    ),
  ];
}

export const clusteredShareClosedForms: readonly ClosedFormGates[] = [
  { id: "share over voters", of: ["shareOverVoters"], rows: overVotersRows },
  { id: "mean share", of: ["sharesOfImages", "meanShare"], rows: meanShareRows },
  { id: "recognised share", of: ["recognisedShare"], rows: recognisedShareRows },
  { id: "mean recognised share", of: ["meanRecognised"], rows: meanRecognisedRows },
  { id: "difference of shares", of: ["differenceOfShares"], rows: differenceRows },
];
