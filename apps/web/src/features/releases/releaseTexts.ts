/** What the page says about a release. */
import type { ReleaseOnPageFragment, StudyState } from "../../graphql/generated/graphql.ts";
import { formatCount } from "../marks/numbers.ts";

const counted = (count: number, one: string, many = `${one}s`): string => `${formatCount(count)} ${count === 1 ? one : many}`;

/** `1,204 trials of 12 voters, 60 images, 48 genomes`. */
export function describeContent({ trials, voters, images, genomes }: NonNullable<ReleaseOnPageFragment["counts"]>): string {
  const parts = [`${counted(trials, "trial")} of ${counted(voters, "voter")}`, counted(images, "image")];
  return [...parts, ...(genomes === 0 ? [] : [counted(genomes, "genome")])].join(", ");
}

/** Null while no voter of the release has withdrawn. */
export function withdrawalNote(withdrawnSince: number): string | null {
  if (withdrawnSince === 0) return null;
  const who = withdrawnSince === 1 ? "1 voter" : `${formatCount(withdrawnSince)} voters`;
  return `${who} withdrew after this release, which still contains their answers. Make a new release, and replace this one wherever you published it.`;
}

/** Why no release can be made now; null if one can be. */
export function whyNoRelease(state: StudyState, isBeingMade: boolean): string | null {
  if (state === "OPEN") return "Pause or close the study first: while people vote, its votes change.";
  if (isBeingMade) return "A release is being made.";
  return null;
}

export function fileNameOf(studyKey: string, version: string): string {
  return `${studyKey}-${version}.zip`;
}

/** Run in a copy of Pareidolia. */
export function verifyCommand(studyKey: string, version: string): string {
  return `npm run verify -- ${fileNameOf(studyKey, version)}`;
}
