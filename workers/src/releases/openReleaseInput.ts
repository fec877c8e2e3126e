/** What a release is written from, read from the database and the object store while it is written. */
import { readFileSync } from "node:fs";
import { AppError } from "@pareidolia/core/appError";
import type { StudyImageRole } from "@pareidolia/core/studyState";
import { readTiming } from "@pareidolia/perception/study/results/studyData";
import { parseStudyPlan } from "@pareidolia/perception/study/studyPlan";
import type { ExportedVote } from "@pareidolia/perception/study/trialRow";
import type { ReleaseRecord } from "@pareidolia/persistence/files/releases/readReleases";
import {
  findGenomeBytesByHash,
  findReleaseImages,
  findReleaseStudy,
  findReleaseVoters,
} from "@pareidolia/persistence/files/releases/releaseSource";
import type { Connection } from "@pareidolia/persistence/server/database/database";
import { genomeKey, imageKey, type ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { findVotersWithVotes } from "@pareidolia/persistence/studies/studies/readVotes";
import type { ImageOfResults, ResultSource } from "@pareidolia/persistence/studies/studies/studyResults";
import type { ReleaseDescription } from "@pareidolia/release/metadata/releaseDescription";
import { type ImageRole, plannedImages, type ReleasedImage } from "@pareidolia/release/tables/imageTable";
import type { ReleaseInput } from "@pareidolia/release/writeRelease";
import { readAhead } from "../archives/readAhead.ts";

const { version: softwareVersion } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  readonly version: string;
};

/** The votes are read once for their exclusions, and once for each format of the trials. */
const passes = 4;

export interface ReleaseInputOptions {
  readonly connection: Connection;
  readonly objectStore: Pick<ObjectStore, "get">;
  readonly release: Pick<ReleaseRecord, "studyId" | "description">;
  readonly results: ReleaseInput["results"];
  /** Of each counted image: the other networks that have scored it, as the results read them. */
  readonly networks: readonly ImageOfResults["networks"][];
  /** Texts whose codes are revealed, as the results read them. */
  readonly coded: ResultSource["coded"];
  /** Called before each step. @throws to stop. */
  readonly onStep: (progress: { readonly done: number; readonly total: number }) => Promise<void>;
  /** Repeats a step while the database or the store is unavailable. */
  readonly retry: <T>(step: () => Promise<T>) => Promise<T>;
}

export interface OpenedRelease {
  readonly input: ReleaseInput;
  /** Distinct images and genomes. */
  readonly images: number;
  readonly genomes: number;
  /** Voters with a row of trials; complete once the release is written. */
  voters(): number;
  /** Rows of trials; complete once the release is written. */
  trials(): number;
}

/** @throws AppError CONFLICT for a study that was never opened. */
export async function openReleaseInput(options: ReleaseInputOptions): Promise<OpenedRelease> {
  const { connection, objectStore, release, results, networks, coded, onStep, retry } = options;
  const { studyId } = release;
  const study = await findReleaseStudy(connection, studyId);
  if (study === null) throw new AppError("CONFLICT", "This study is a draft, and has no votes yet.");
  const images = await findReleaseImages(connection, studyId);
  const voters = await findReleaseVoters(connection, studyId);
  const hashes = [...new Set(plannedImages(parseStudyPlan(JSON.parse(study.planText))).map(({ sha256 }) => sha256))].sort();
  const genomes = new Set(images.flatMap(({ genome }) => genome ?? []));
  const total = passes * voters.length + hashes.length + genomes.size;
  let done = 0;
  const step = async <T>(read: () => Promise<T>): Promise<T> => {
    await onStep({ done: done++, total });
    return read();
  };
  const readImage = readAhead(hashes, (sha256) => retry(() => objectStore.get(imageKey(sha256))));
  const trialsOf = new Map<number, number>();
  return {
    images: hashes.length,
    genomes: genomes.size,
    voters: () => [...trialsOf.values()].filter((trials) => trials > 0).length,
    trials: () => [...trialsOf.values()].reduce((sum, trials) => sum + trials, 0),
    input: {
      description: { ...(release.description as Omit<ReleaseDescription, "softwareVersion">), softwareVersion },
      study: `STU-${study.number}`,
      planText: study.planText,
      images: images.map(({ role, ...image }) => ({
        ...image,
        role: roleOf(role),
        ...splitNetworks(role === "COUNTED" ? networks[image.index] : []),
      })),
      readImage: (sha256) => step(() => readImage(sha256)),
      readGenome: (sha256) =>
        step(() => retry(async () => (await findGenomeBytesByHash(connection, studyId, sha256)) ?? objectStore.get(genomeKey(sha256)))),
      voters,
      readVotes: (number) =>
        step(async () => {
          const votes = await retry(() => readVotes(connection, studyId, number));
          trialsOf.set(number, votes.length);
          return votes;
        }),
      coded,
      results,
    },
  };
}

function splitNetworks(networks: ImageOfResults["networks"] = []): Pick<ReleasedImage, "agreeingNetworks" | "otherNetworks"> {
  const named = (agreeing: boolean) => networks.filter(({ agrees }) => agrees === agreeing).map(({ model }) => model);
  return { agreeingNetworks: named(true), otherNetworks: named(false) };
}

function roleOf(role: StudyImageRole): ImageRole {
  return role.toLowerCase() as ImageRole;
}

async function readVotes(connection: Connection, studyId: string, number: number): Promise<readonly ExportedVote[]> {
  const [voter] = await findVotersWithVotes(connection, { studyId, numbers: [number] });
  // A voter who has withdrawn since changes the votes, so the release is written again.
  return (voter?.votes ?? []).map(({ timing, ...vote }) => ({ voter: number, ...vote, timing: readTiming(timing) }));
}
