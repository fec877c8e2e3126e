/** What the page says about a release. */
import type { ReleaseOnPageFragment, StudyState } from "../../graphql/generated/graphql.ts";
import type { CsvValue } from "../marks/csv.ts";
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

/** Text and share of a job's progress: the results are computed first, then everything is written. */
export function describeProgress({ state, done, total }: Pick<ReleaseOnPageFragment, "state" | "done" | "total">): {
  readonly text: string;
  /** From 0 to 1. */
  readonly share: number;
} {
  if (state === "QUEUED") return { text: "Waiting for a worker", share: 0 };
  if (total == null) return { text: "Computing the results", share: 0 };
  return { text: `Step ${formatCount(done)} of ${formatCount(total)}`, share: total === 0 ? 0 : Math.min(1, done / total) };
}

/** The columns of the list of releases as a file. */
export const releasesFile: Readonly<Record<string, (row: ReleaseOnPageFragment) => CsvValue>> = {
  version: ({ version }) => version,
  title: ({ title }) => title,
  state: ({ state }) => state,
  licence: ({ licence }) => licence.spdx ?? licence.name,
  bytes: ({ byteLength }) => byteLength ?? null,
  sha256: ({ sha256 }) => sha256 ?? null,
  trials: ({ counts }) => counts?.trials ?? null,
  images: ({ counts }) => counts?.images ?? null,
  withdrawn_since: ({ withdrawnSince }) => withdrawnSince,
  requested: ({ createdAt }) => createdAt,
  made: ({ endedAt }) => endedAt ?? null,
};

export function releasesQuery(studyKey: string): string {
  return `{
  node(id: ${JSON.stringify(studyKey)}) {
    ... on Study {
      releases { version title state licence { name spdx } byteLength sha256 counts { trials images } withdrawnSince createdAt endedAt url }
    }
  }
}`;
}
