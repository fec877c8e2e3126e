/** An opened study with stored images, written through persistence, for tests of voting and of results. */
import { createHash } from "node:crypto";
import type { StudyAccess, StudyImageRole } from "@pareidolia/core/studyState";
import { encodePng } from "@pareidolia/images/png";
import type { Stimulus } from "@pareidolia/perception/protocols/stimulus";
import { imageHash } from "@pareidolia/perception/study/selectionRule";
import { draftFromTemplate } from "@pareidolia/perception/study/studyDraft";
import { type StudyPlan, serialiseStudyPlan } from "@pareidolia/perception/study/studyPlan";
import type { StudyRules } from "@pareidolia/perception/study/studyRules";
import type { DesignedTrials } from "@pareidolia/perception/trials/design";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { imageKey, type ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { findStudies, type StudyRecord } from "@pareidolia/persistence/studies/studies/readStudies";
import {
  findStudyImages,
  type NewStudyImage,
  replaceStudyImages,
  type StudyImageRecord,
} from "@pareidolia/persistence/studies/studies/studyImages";
import { createStudyOnce, type NewStudy, openStudy } from "@pareidolia/persistence/studies/studies/writeStudies";
import { localUserId, localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { studyDesign } from "./studyDesigns.ts";
import { studyPlan } from "./studyPlans.ts";

export interface OpenedStudyOptions {
  /** With names as images' addresses; an image is stored for each name that is not the hash of a stored image. Default: 6 images of one label each, without checks. */
  readonly design?: DesignedTrials;
  /** Images for each voter; default: those of the design. */
  readonly perVoter?: Partial<DesignedTrials["perVoter"]>;
  /** Default: 24 votes for each image, no exclusion. */
  readonly rules?: Partial<Pick<StudyRules, "stopping" | "exclusion">>;
  /** Changes of the plan. */
  readonly plan?: Partial<Omit<StudyPlan, "rules" | "seed">>;
  /** Default: LINK. */
  readonly access?: StudyAccess;
  /** Most voters without an account; default: 1,000. */
  readonly anonymousVoters?: number;
  readonly joinsPerHour?: number;
  /** Default: the local workspace and user. */
  readonly workspaceId?: string;
  readonly createdById?: string;
  /** Pixels on a side of the images; default: 8. */
  readonly side?: number;
  /** The network that labelled the counted images; default: none. */
  readonly modelId?: string;
  /** What each counted image is, such as an encoding; default: cppn. */
  readonly sources?: readonly string[];
}

export interface OpenedStudy {
  readonly study: StudyRecord;
  /** STU-1. */
  readonly key: string;
  /** Null for a study of members. */
  readonly link: string | null;
  readonly plan: StudyPlan;
  readonly images: readonly StudyImageRecord[];
}

/** The machine's confidence in the image with this index; recognisable in a response. */
const confidenceOf = (index: number): number => 0.913579 + index / 1e9;

export async function storeImage({ connection }: Database, objectStore: ObjectStore, name: string, side: number): Promise<string> {
  const noise = createHash("sha512").update(name).digest();
  const pixels = Uint8Array.from({ length: side * side }, (_, i) => (noise[i % noise.length] ?? 0) ^ (i >> 6));
  const png = encodePng({ width: side, height: side, channels: 1, pixels });
  const sha256 = createHash("sha256").update(png).digest("hex");
  await objectStore.put(imageKey(sha256), png, { contentType: "image/png" });
  const image = { sha256, width: side, height: side, channels: 1, byteLength: png.length };
  await connection.image.createMany({ data: [image], skipDuplicates: true });
  return sha256;
}

/** Stores an image for each name in the design, and returns the design with their hashes. */
async function withStoredImages(database: Database, objectStore: ObjectStore, design: DesignedTrials, side: number) {
  const names = [
    ...[...design.stimuli, ...design.gold, ...design.canaries].map(({ image }) => image),
    ...design.noise,
    ...design.exemplars.flatMap(({ images }) => images),
  ];
  const hashes = new Map<string, string>();
  for (const name of new Set(names)) hashes.set(name, imageHash.test(name) ? name : await storeImage(database, objectStore, name, side));
  const hashOf = (name: string): string => hashes.get(name) as string;
  const hashed = (stimuli: readonly Stimulus[]): Stimulus[] => stimuli.map((one) => ({ ...one, image: hashOf(one.image) }));
  return {
    ...design,
    stimuli: hashed(design.stimuli),
    gold: hashed(design.gold),
    canaries: hashed(design.canaries),
    noise: design.noise.map(hashOf),
    exemplars: design.exemplars.map(({ label, images }) => ({ label, images: images.map(hashOf) })),
  };
}

function rowsOf(
  design: DesignedTrials,
  { modelId = null, sources = [] }: { readonly modelId?: string | null; readonly sources?: readonly string[] },
): Readonly<Record<StudyImageRole, readonly Omit<NewStudyImage, "role">[]>> {
  const plain = {
    truth: null,
    runnersUp: [],
    foils: [],
    condition: "",
    group: "",
    confidence: null,
    modelId: null,
    eliteId: null,
    photoId: null,
  };
  const rowsOfStimuli = (stimuli: readonly Stimulus[], source: string, isScored: boolean) =>
    stimuli.map(({ image, ...stimulus }, index) => ({
      ...plain,
      ...stimulus,
      imageSha256: image,
      source,
      confidence: isScored ? confidenceOf(index) : null,
    }));
  const other = (imageSha256: string, label: number, source: string) => ({ ...plain, imageSha256, label, source });
  return {
    COUNTED: rowsOfStimuli(design.stimuli, "cppn", true).map((row, index) => ({ ...row, modelId, source: sources[index] ?? row.source })),
    GOLD: rowsOfStimuli(design.gold, "photograph", false),
    NOISE: design.noise.map((image) => other(image, 0, "noise")),
    CANARY: rowsOfStimuli(design.canaries, "direct", true),
    EXEMPLAR: design.exemplars.flatMap(({ label, images }) => images.map((image) => other(image, label, "photograph"))),
  };
}

/** Writes and opens a study. The workspace and its user must exist. */
export async function writeOpenedStudy(
  parts: { readonly database: Database; readonly objectStore: ObjectStore },
  options: OpenedStudyOptions = {},
): Promise<OpenedStudy> {
  const { database, objectStore } = parts;
  const { workspaceId = localWorkspaceId, createdById = localUserId, access = "LINK", side = 8 } = options;
  const { anonymousVoters = 1000, joinsPerHour = 1000 } = options;
  const unchecked = { gold: [], noise: [], canaries: [], exemplars: [] };
  const named = options.design ?? studyDesign(6, {}, unchecked);
  const stored = await withStoredImages(database, objectStore, named, side);
  const design = { ...stored, perVoter: { ...stored.perVoter, ...options.perVoter } };
  return database.transaction(async (transaction) => {
    const { connection } = transaction;
    const draft = { ...draftFromTemplate("zhouFirestoneE1", 1), anonymousVoters, joinsPerHour } as unknown as NewStudy["draft"];
    const created = { workspaceId, createdById, title: "What do you see?", access: "MEMBERS" as const, draft, forkedFromId: null };
    const { id: studyId } = await createStudyOnce(transaction, { ...created, idempotencyKey: null });
    const { seed, revision } = await connection.study.findUniqueOrThrow({ where: { id: studyId } });
    const plan: StudyPlan = { ...studyPlan(design, options.rules), ...options.plan, seed };
    for (const [role, images] of Object.entries(rowsOf(design, options)))
      await replaceStudyImages(transaction, { studyId, role: role as StudyImageRole, images });
    await connection.study.update({ where: { id: studyId }, data: { access } });
    const text = serialiseStudyPlan(plan);
    const hash = createHash("sha256").update(text).digest("hex");
    await openStudy(transaction, { studyId, revision, access, plan: { text, hash } });
    const [study] = await findStudies(connection, [studyId]);
    if (study == null) throw new Error("The study was not written.");
    return { study, key: `STU-${study.number}`, link: study.linkToken, plan, images: await findStudyImages(connection, studyId) };
  });
}
