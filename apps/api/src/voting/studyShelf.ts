/**
 * What voting needs of open studies, kept in memory: the plan, the images and their shapes for voters, and the trials of recent voters. A
 * locked plan and its images never change, and trials follow from the plan, the voter's number and the assigned images.
 */
import { AppError } from "@pareidolia/core/appError";
import type { StudyImageRole } from "@pareidolia/core/studyState";
import { parseStudyPlan, type StudyPlan } from "@pareidolia/perception/study/studyPlan";
import { buildTrials } from "@pareidolia/perception/trials/buildTrials";
import type { Trial } from "@pareidolia/perception/trials/trial";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { findStudyImages } from "@pareidolia/persistence/studies/studies/studyImages";
import { readLockedStudy, type VoterRecord } from "@pareidolia/persistence/studies/voting/readVoters";
import { BoundedCache } from "../recall/boundedCache.ts";
import { countImages } from "./sessionWeight.ts";
import { type VoterImage, voterImagesOf } from "./voterImages.ts";

export interface ShelvedStudy {
  readonly id: string;
  readonly plan: StudyPlan;
  /** Encrypts the addresses of images. */
  readonly imageSecret: string;
  /** All images, by role and place. */
  readonly images: readonly VoterImage[];
  /** Trials of the first voter, if all images need votes. */
  readonly usualTrials: number;
  /** Distinct images of that voter's session, by role. */
  readonly usualImages: ReadonlyMap<StudyImageRole, number>;
  /** The place of each label in the plan's lists. */
  readonly labelPlaces: ReadonlyMap<number, number>;
  /** @throws AppError CORRUPT_DATA for an image that the study does not have. */
  imageOf(role: StudyImageRole, sha256: string): VoterImage;
  /** Number of images, which the memory it takes depends on. */
  readonly size: number;
}

/** Images of all studies in memory, about 500 bytes each. */
const mostImages = 200_000;
/** Bytes of the trials of all voters in memory. */
const maxBytesOfTrials = 64 * 1024 * 1024;
const bytesOfTrial = 500;
/** As a label, and as an option. */
const bytesOfOption = 16;

/** About the bytes that trials take. With all classes of ImageNet as options, a trial takes 16 kB. */
function weigh(trials: readonly Trial[]): number {
  return trials.reduce((sum, { options }) => sum + bytesOfTrial + bytesOfOption * options.length, 0);
}

export class StudyShelf {
  readonly #database: Database;
  readonly #studies = new BoundedCache<ShelvedStudy>(mostImages, ({ size }) => size);
  readonly #trials = new BoundedCache<readonly Trial[]>(maxBytesOfTrials, weigh);

  constructor(database: Database) {
    this.#database = database;
  }

  /** A study that was opened. */
  async get(studyId: string): Promise<ShelvedStudy> {
    const known = this.#studies.get(studyId);
    if (known !== undefined) return known;
    const { connection } = this.#database;
    const locked = await readLockedStudy(connection, studyId);
    if (locked === null) throw new AppError("NOT_FOUND", "There is no such study.");
    const plan = parseStudyPlan(JSON.parse(locked.planText));
    const images = voterImagesOf(await findStudyImages(connection, studyId));
    const shown = new Map<string, VoterImage>();
    for (const image of images) {
      const key = `${image.role} ${image.sha256}`;
      if (!shown.has(key)) shown.set(key, image);
    }
    const { design } = plan.rules;
    const usual = buildTrials(design, { seed: plan.seed, voter: 0 });
    const study: ShelvedStudy = {
      id: studyId,
      plan,
      imageSecret: locked.imageSecret,
      images,
      usualTrials: usual.length,
      usualImages: countImages(usual),
      labelPlaces: new Map(design.labels.map((label, place) => [label, place])),
      imageOf(role, sha256) {
        const image = shown.get(`${role} ${sha256}`);
        if (image === undefined) throw new AppError("CORRUPT_DATA", `The study ${studyId} lacks the image ${sha256}.`);
        return image;
      },
      size: images.length,
    };
    this.#studies.set(studyId, study);
    return study;
  }

  trialsOf({ plan }: ShelvedStudy, { id, number, items }: Pick<VoterRecord, "id" | "number" | "items">): readonly Trial[] {
    const known = this.#trials.get(id);
    if (known !== undefined) return known;
    const trials = buildTrials(plan.rules.design, { seed: plan.seed, voter: number, items });
    this.#trials.set(id, trials);
    return trials;
  }

  forget(voterId: string): void {
    this.#trials.delete(voterId);
  }
}
