/** What the metadata of a release describe: its description, the study, and the files that are already written. */
import type { StudyPlan } from "@pareidolia/perception/study/studyPlan";
import { trialFormats } from "../tables/trialFormats.ts";
import type { ReleaseDescription } from "./releaseDescription.ts";

export interface WrittenFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface ReleaseFacts {
  readonly description: ReleaseDescription;
  /** Such as "STU-12". */
  readonly study: string;
  readonly plan: StudyPlan;
  /** SHA-256 of plan.json. */
  readonly planHash: string;
  /**
   * Numbers of image files, genome files, voters with a row of trials, voters without one, rows of trials, votes that count, and those of
   * them that count as planned.
   */
  readonly counts: {
    readonly images: number;
    readonly genomes: number;
    readonly voters: number;
    readonly silentVoters: number;
    readonly trials: number;
    readonly votes: number;
    readonly plannedVotes: number;
  };
  /** Kinds of results, in order. */
  readonly results: readonly string[];
  /** The files so far, by name. */
  readonly files: ReadonlyMap<string, WrittenFile>;
}

/** Media types of files, by the ends of their names. */
const mediaTypes: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(trialFormats).map(([end, { mediaType }]) => [end, mediaType])),
  json: "application/json",
  md: "text/markdown",
  txt: "text/plain",
};

export function mediaTypeOf(name: string): string {
  return mediaTypes[name.split(".").at(-1) ?? ""] ?? "application/octet-stream";
}

/** The text of a JSON file of metadata. */
export function jsonText(document: unknown): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
