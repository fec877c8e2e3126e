/**
 * Reliability of the images' shares: the part of their variance that is due to the images, not to the voters who happened to see them. Votes
 * are taken as the sum of an effect of the image, one of the voter, and error, fitted by least squares; F compares the images' mean square,
 * beyond that of voters, with the error's (Searle 1971, "Linear Models", chapter 7). The reliability is 1 - 1 / F. Where every voter sees every
 * image, it is Cronbach's alpha (1951), which is the mean over all divisions of the voters into halves.
 *
 * The interval is that of Feldt (1965, "The approximate sampling distribution of Kuder-Richardson reliability coefficient twenty", Psychometrika
 * 30:357): (1 - reliability) F has an F distribution. Between images that differ, both mean squares may vary more than those of normal values,
 * so their degrees of freedom are at most those that the images and the voters show (Box 1953, "Non-normality and tests on variances",
 * Biometrika 40:318). Between images that do not, the same votes make up both, and F keeps its distribution. So the further the images
 * differ, the more of that extra variance counts.
 * It covers the reliability with other images and other voters of the same kinds, each image with as many votes as here. In studies without
 * effects of images, it excludes 0 as often as an F test rejects, in 5%.
 */
import { fQuantile } from "../numbers/fDistribution.ts";
import { type Undefined, undefinedBecause } from "./coefficient.ts";

/** Votes as columns; indices of items and voters are below their numbers, and each item and voter has a vote. */
export interface BinaryVotes {
  readonly items: number;
  readonly voters: number;
  readonly item: Int32Array;
  readonly voter: Int32Array;
  /** 0 or 1. */
  readonly agrees: Int8Array;
}

export interface ShareReliability {
  readonly defined: true;
  /** From -1 to 1; 0 and less say that images do not differ beyond chance. */
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/** Fewer do not show how much they vary: simulated intervals of two images cover 89% (`npm run repro -- intervals`). */
const fewestUnits = 3;

export function shareReliability(votes: BinaryVotes, confidence = 0.95): ShareReliability | Undefined {
  const { items, voters, item } = votes;
  const parts = connectedParts(votes);
  // Images that no voter connects are compared within their part only.
  const freedom = items - parts;
  const freedomOfError = item.length - items - voters + parts;
  if (freedom < 1) return undefinedBecause("No two images have votes of voters in common, so their shares cannot be compared.");
  if (items < fewestUnits || voters < fewestUnits)
    return undefinedBecause(`The reliability needs at least ${fewestUnits} voters and ${fewestUnits} images.`);
  if (freedomOfError < 1) return undefinedBecause("There are too few votes to tell differences of images from those of voters.");
  const { ofImages, ofError, spread, spreadOfError } = sumsOfSquares(votes);
  if (ofError <= 1e-9 * item.length)
    return undefinedBecause("All voters answer each image alike, so the votes say nothing about how far their shares vary.");
  const ratio = ofImages / freedom / (ofError / freedomOfError);
  const tail = (1 - confidence) / 2;
  const at = (quantile: number): number => Math.max(-1, 1 - quantile / ratio);
  const weight = Math.max(0, at(1));
  const own = effectiveFreedom(freedom, spread, weight);
  const ownOfError = effectiveFreedom(freedomOfError, spreadOfError, weight);
  return {
    defined: true,
    estimate: at(1),
    low: at(fQuantile(1 - tail, own, ownOfError)),
    high: at(fQuantile(tail, own, ownOfError)),
  };
}

/**
 * Of a mean square whose logarithm has the variance `spread`: that of a chi-squared with f degrees of freedom has about 2 / f.
 * @param weight 0 to 1, of what `spread` exceeds that by.
 */
function effectiveFreedom(freedom: number, spread: number, weight: number): number {
  const excess = spread - 2 / freedom;
  return weight > 0 && excess > 0 ? Math.max(1, 2 / (2 / freedom + weight * excess)) : freedom;
}

/** How many groups of images and voters no vote connects. */
function connectedParts({ items, voters, item, voter }: BinaryVotes): number {
  const parent = Int32Array.from({ length: items + voters }, (_, node) => node);
  const rootOf = (node: number): number => {
    let root = node;
    while (parent[root] !== root) root = parent[root] as number;
    while (parent[node] !== root) {
      const next = parent[node] as number;
      parent[node] = root;
      node = next;
    }
    return root;
  };
  let parts = items + voters;
  for (let k = 0; k < item.length; k++) {
    const [one, other] = [rootOf(item[k] as number), rootOf(items + (voter[k] as number))];
    if (one === other) continue;
    parent[other] = one;
    parts--;
  }
  return parts;
}

const maxRounds = 2000;
/** Of an effect, between two rounds. */
const settled = 1e-10;

interface SumsOfSquares {
  /** Squares explained by images beyond voters, and those that neither explains. */
  readonly ofImages: number;
  readonly ofError: number;
  /** The variance of log F between samples of images, and of the error's logarithm between samples of voters, from what each of them adds. */
  readonly spread: number;
  readonly spreadOfError: number;
}

function sumsOfSquares(votes: BinaryVotes): SumsOfSquares {
  const { items, voters, item, voter, agrees } = votes;
  const [image, person] = [new Float64Array(items), new Float64Array(voters)];
  person.set(meansOf(votes, voter, voters, (k) => agrees[k] as number));
  const beforeImages = squaresLeft(votes, image, person).byImage;
  person.fill(0);
  // Alternating projections reach the least-squares fit of both effects.
  for (let round = 0; round < maxRounds; round++) {
    const nextImage = meansOf(votes, item, items, (k) => (agrees[k] as number) - (person[voter[k] as number] as number));
    image.set(nextImage);
    const nextPerson = meansOf(votes, voter, voters, (k) => (agrees[k] as number) - (image[item[k] as number] as number));
    const change = nextPerson.reduce((most, value, v) => Math.max(most, Math.abs(value - (person[v] as number))), 0);
    person.set(nextPerson);
    if (change < settled) break;
  }
  const left = squaresLeft(votes, image, person);
  const ofError = total(left.byImage);
  const ofImages = total(beforeImages) - ofError;
  if (ofImages <= 0) return { ofImages: 0, ofError, spread: 0, spreadOfError: 0 };
  const ofImage = left.byImage.map((own, i) => ((beforeImages[i] as number) - own) / ofImages - own / ofError);
  const ofVoter = left.byVoter.map((own) => own / ofError - 1 / voters);
  return { ofImages, ofError, spread: spreadOf(ofImage), spreadOfError: spreadOf(ofVoter) };
}

const total = (column: Float64Array): number => column.reduce((sum, value) => sum + value, 0);

/**
 * The variance of a sum of parts that add up to 0, such as of images. The parts of few vary less than those of all would. Simulated intervals
 * of three to ten images cover 94 to 95% with this correction (`npm run repro -- intervals`).
 * @param parts at least three.
 */
function spreadOf(parts: Float64Array): number {
  return (total(parts.map((part) => part ** 2)) * (parts.length + 4)) / (parts.length - 2);
}

function meansOf({ item }: BinaryVotes, group: Int32Array, groups: number, value: (k: number) => number): Float64Array {
  const [sum, count] = [new Float64Array(groups), new Int32Array(groups)];
  for (let k = 0; k < item.length; k++) {
    const g = group[k] as number;
    sum[g] = (sum[g] as number) + value(k);
    count[g] = (count[g] as number) + 1;
  }
  return sum.map((total, g) => total / (count[g] as number));
}

interface SquaresLeft {
  readonly byImage: Float64Array;
  readonly byVoter: Float64Array;
}

function squaresLeft({ items, voters, item, voter, agrees }: BinaryVotes, image: Float64Array, person: Float64Array): SquaresLeft {
  const [byImage, byVoter] = [new Float64Array(items), new Float64Array(voters)];
  for (let k = 0; k < item.length; k++) {
    const [i, v] = [item[k] as number, voter[k] as number];
    const square = ((agrees[k] as number) - (image[i] as number) - (person[v] as number)) ** 2;
    byImage[i] = (byImage[i] as number) + square;
    byVoter[v] = (byVoter[v] as number) + square;
  }
  return { byImage, byVoter };
}
