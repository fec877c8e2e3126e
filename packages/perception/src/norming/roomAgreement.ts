/**
 * Agreement in a norming room before and after the discussion: Krippendorff's alpha (nominal) of the blind votes and of the second ones, with
 * intervals for other members and other images. The two are comparable only on the same images, so the blind votes are also computed on those that the
 * members voted on again. Second votes follow a discussion and are not independent.
 */
import { agreementInterval, nominalAlpha } from "../agreement/acrossVotersAndImages.ts";
import { type CoefficientInterval, undefinedBecause } from "../agreement/coefficient.ts";

export interface RoomVote {
  /** The image's place in the room. */
  readonly place: number;
  /** The member's number in the room. */
  readonly member: number;
  readonly round: 1 | 2;
  /** Null for "nothing I recognise", which is an answer of its own. */
  readonly label: number | null;
}

export interface RoomAgreement {
  /** Blind votes on all images. */
  readonly blind: CoefficientInterval;
  /** Blind votes on the images with second votes. */
  readonly blindOnSameImages: CoefficientInterval;
  /** Second votes. */
  readonly again: CoefficientInterval;
}

/** @throws AppError INVALID_INPUT for two votes of a member on an image in one round. */
export function roomAgreement(votes: readonly RoomVote[]): RoomAgreement {
  const again = new Set(votes.flatMap(({ place, round }) => (round === 2 ? [place] : [])));
  const first = votes.filter(({ round }) => round === 1);
  return {
    blind: alphaOf(first),
    blindOnSameImages: alphaOf(first.filter(({ place }) => again.has(place))),
    again: alphaOf(votes.filter(({ round }) => round === 2)),
  };
}

function alphaOf(votes: readonly RoomVote[]): CoefficientInterval {
  if (votes.length === 0) return undefinedBecause("There are no such votes yet.");
  const places = numbered(votes.map(({ place }) => place));
  const members = numbered(votes.map(({ member }) => member));
  const labels = numbered(votes.map(({ label }) => label));
  const table = {
    items: places.size,
    voters: members.size,
    answers: labels.size,
    item: Int32Array.from(votes, ({ place }) => places.get(place) as number),
    voter: Int32Array.from(votes, ({ member }) => members.get(member) as number),
    answer: Int32Array.from(votes, ({ label }) => labels.get(label) as number),
  };
  return agreementInterval(table, nominalAlpha);
}

/** Numbers distinct values from 0, in order of first use. */
function numbered<T>(values: readonly T[]): ReadonlyMap<T, number> {
  return new Map([...new Set(values)].map((value, index) => [value, index]));
}
