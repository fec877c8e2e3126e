/**
 * Intervals for other voters and other images, computed again from single votes by their definitions: the jackknife of coefficients of
 * agreement, the two-way variance of shares, and Student's t with Satterthwaite's degrees of freedom by integrals. `repro -- intervals`
 * simulates their coverage.
 */
import { Purpose, Random } from "@pareidolia/core/random";
import { agreeingPairs, fleiss, nominalAlpha } from "@pareidolia/perception/agreement/acrossVotersAndImages";
import type { CoefficientInterval } from "@pareidolia/perception/agreement/coefficient";
import type { VoteTable } from "@pareidolia/perception/voteTable";
import type { ReportRow } from "../../report.ts";
import { fleissExample, krippendorffMissing } from "../publishedGates.ts";
import { near, nearAll } from "../row.ts";
import { studentPoint } from "./formulas.ts";
import type { ClosedFormGates, Statistics } from "./statistics.ts";

export interface Vote {
  readonly item: number;
  readonly voter: number;
  readonly answer: number;
}

/** Voters and images that vary: an image's own answer is likelier, and some votes are missing. */
export function drawVotes({ voters, images, answers }: { voters: number; images: number; answers: number }): readonly Vote[] {
  const random = new Random({ seed: 31, generation: answers, index: images, purpose: Purpose.SIMULATE });
  const ease = Array.from({ length: images }, () => 0.3 + 0.6 * random.uniform());
  const skill = Array.from({ length: voters }, () => 0.6 + 0.4 * random.uniform());
  return ease.flatMap((own, item) =>
    skill.flatMap((part, voter) => {
      const isRight = random.chance(own * part);
      const answer = isRight ? item % answers : random.below(answers);
      return random.chance(0.15) ? [] : [{ item, voter, answer }];
    }),
  );
}

export function tableOfVotes(votes: readonly Vote[], answers: number): VoteTable {
  const column = (name: keyof Vote): Int32Array => Int32Array.from(votes, (vote) => vote[name]);
  const most = (name: keyof Vote): number => votes.reduce((largest, vote) => Math.max(largest, vote[name]), 0) + 1;
  return { items: most("item"), voters: most("voter"), answers, item: column("item"), voter: column("voter"), answer: column("answer") };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const squares = (values: readonly number[]): number => sum(values.map((value) => value ** 2));

/** Answers on each image with at least two votes. */
function answersByImage(votes: readonly Vote[]): readonly (readonly number[])[] {
  const byImage = new Map<number, number[]>();
  for (const { item, answer } of votes) byImage.set(item, [...(byImage.get(item) ?? []), answer]);
  return [...byImage.values()].filter(({ length }) => length > 1);
}

const countsOf = (list: readonly number[]): readonly number[] =>
  [...new Set(list)].map((answer) => list.filter((one) => one === answer).length);
const agreeingPairsOf = (list: readonly number[]): number => sum(countsOf(list).map((count) => (count * (count - 1)) / 2));
const pairsOf = ({ length }: readonly number[]): number => (length * (length - 1)) / 2;

/** Krippendorff 2011: each of the m - 1 values that a value on an image is paired with counts 1 / (m - 1). */
function alphaOf(votes: readonly Vote[]): number {
  const images = answersByImage(votes);
  const observed = sum(images.map((list) => (2 * (pairsOf(list) - agreeingPairsOf(list))) / (list.length - 1)));
  const all = images.flat();
  return 1 - ((all.length - 1) * observed) / (2 * (pairsOf(all) - agreeingPairsOf(all)));
}

/** Fleiss 1971. */
function fleissOf(votes: readonly Vote[]): number {
  const images = answersByImage(votes);
  const observed = sum(images.map((list) => agreeingPairsOf(list) / pairsOf(list))) / images.length;
  const all = images.flat();
  const chance = squares(countsOf(all).map((count) => count / all.length));
  return (observed - chance) / (1 - chance);
}

function pairsShareOf(votes: readonly Vote[]): number {
  const images = answersByImage(votes);
  return sum(images.map(agreeingPairsOf)) / sum(images.map(pairsOf));
}

interface Part {
  readonly variance: number;
  readonly freedom: number;
}

/** Without each of the groups of votes in turn. */
function jackknife(votes: readonly Vote[], groupOf: (vote: Vote, index: number) => number, of: (votes: readonly Vote[]) => number): Part {
  const groups = [...new Set(votes.map(groupOf))];
  const values = groups.map((group) => of(votes.filter((vote, index) => groupOf(vote, index) !== group)));
  const mean = sum(values) / values.length;
  return { variance: (squares(values.map((value) => value - mean)) * (values.length - 1)) / values.length, freedom: values.length - 1 };
}

export function satterthwaite(total: number, parts: readonly Part[]): number {
  return total ** 2 / sum(parts.map(({ variance, freedom }) => variance ** 2 / freedom));
}

function endsOf(votes: readonly Vote[], of: (votes: readonly Vote[]) => number): readonly number[] {
  const [images, voters] = [jackknife(votes, ({ item }) => item, of), jackknife(votes, ({ voter }) => voter, of)];
  const single = jackknife(votes, (_, index) => index, of);
  const total = Math.max(images.variance, voters.variance, images.variance + voters.variance - single.variance);
  const reach = studentPoint(satterthwaite(total, [images, voters])) * Math.sqrt(total);
  return [of(votes), of(votes) - reach, of(votes) + reach];
}

const agreementVotes = drawVotes({ voters: 12, images: 30, answers: 3 });
const coefficients = [
  ["Krippendorff's alpha", nominalAlpha, alphaOf],
  ["Fleiss' kappa", fleiss, fleissOf],
  ["share of agreeing pairs", agreeingPairs, pairsShareOf],
] as const;

function endsRow(what: string, found: CoefficientInterval, expected: readonly number[]): ReportRow {
  return nearAll({
    id: "value agreement",
    what: `${what} of 12 voters on 30 images: estimate and ends of the interval for other voters and other images, vote by vote`,
    figures: found.defined ? [found.estimate, found.low, found.high] : [],
    expected,
    tolerance: 1e-6,
  });
}

function agreementRows({ agreementInterval }: Statistics): readonly ReportRow[] {
  const table = tableOfVotes(agreementVotes, 3);
  const published = (what: string, found: CoefficientInterval, expected: number): ReportRow =>
    near({
      id: "value agreement",
      what: `${what}, as pages show it`,
      figure: ("estimate" in found ? found.estimate : undefined) ?? Number.NaN,
      expected,
      tolerance: 1e-3,
    });
  return [
    ...coefficients.map(([what, coefficient, of]) => endsRow(what, agreementInterval(table, coefficient), endsOf(agreementVotes, of))),
    published("Krippendorff 2011, example C", agreementInterval(krippendorffMissing, nominalAlpha), 0.743),
    published("Fleiss' kappa, worked example", agreementInterval(fleissExample(), fleiss), 0.21),
  ];
}

/** Members name one label, or nothing, of each image of a room. */
function roomRows({ roomAgreement }: Statistics): readonly ReportRow[] {
  const votes = agreementVotes.map(({ item, voter, answer }) => ({ place: item, member: voter, label: answer === 0 ? null : answer }));
  const again = votes.filter(({ place }) => place % 2 === 0).map((vote) => ({ ...vote, round: 2 as const }));
  const found = roomAgreement([...votes.map((vote) => ({ ...vote, round: 1 as const })), ...again]);
  const half = agreementVotes.filter(({ item }) => item % 2 === 0);
  return [
    endsRow("agreement of a norming room, blind,", found.blind, endsOf(agreementVotes, alphaOf)),
    endsRow("agreement of a norming room, blind, on the images with second votes,", found.blindOnSameImages, endsOf(half, alphaOf)),
    endsRow("agreement of a norming room, after the discussion,", found.again, endsOf(half, alphaOf)),
  ];
}

export const crossedClosedForms: readonly ClosedFormGates[] = [
  { id: "agreement across voters and images", of: ["agreementInterval"], rows: agreementRows },
  { id: "norming rooms", of: ["roomAgreement"], rows: roomRows },
];
