/** Draws the images of a draft by its rules: from results of the workspace, photographs, and noise. */
import { createHash } from "node:crypto";
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import type { ByteImage } from "@pareidolia/core/image";
import { Purpose, Random } from "@pareidolia/core/random";
import { encodePng } from "@pareidolia/images/png";
import { drawImages } from "@pareidolia/perception/study/drawImages";
import type { GoldImage, StudyDraft } from "@pareidolia/perception/study/studyDraft";
import type { Connection } from "@pareidolia/persistence/database/database";
import type { ImageRecord } from "@pareidolia/persistence/images/readImages";
import { findModels, type ModelRecord } from "@pareidolia/persistence/models/readModels";
import { imageKey, type ObjectStore } from "@pareidolia/persistence/objectStores/objectStore";
import {
  findChosenCandidates,
  findProbabilities,
  findStudyCandidates,
  type StudyCandidate,
} from "@pareidolia/persistence/studies/findCandidates";
import type { NewStudyImage } from "@pareidolia/persistence/studies/studyImages";
import type { PhotoService } from "../photo/photo.service.ts";
import { policy } from "../policy/policy.ts";

/** Candidates that a draw considers, and images of a study. */
const mostCandidates = 50_000;
/** Images whose next choices are read in one statement. */
const imagesAtOnce = 200;
const keptRunnersUp = 5;
const mostNoise = 100;
/** Pixels. */
const longestNoiseSide = 1_024;
const mostGold = 500;

export interface DrawnImages {
  /** Without an index: the place in the list of its role. */
  readonly images: { readonly [Role in "COUNTED" | "GOLD" | "NOISE"]: readonly Omit<NewStudyImage, "role">[] };
  /** Images of noise, which the caller writes in its transaction. */
  readonly noiseImages: readonly Omit<ImageRecord, "createdAt">[];
}

interface DrawContext {
  readonly actor: Actor;
  readonly connection: Connection;
  readonly objectStore: ObjectStore;
  readonly photos: PhotoService;
}

const plain = {
  truth: null,
  runnersUp: [],
  foils: [],
  condition: "",
  group: "",
  eliteId: null,
  photoId: null,
  modelId: null,
  confidence: null,
};

/** @throws AppError INVALID_INPUT for images of networks with different classes, an image without a score, or an unknown photograph. */
export async function drawStudyImages(context: DrawContext, draft: StudyDraft): Promise<DrawnImages> {
  const { actor, connection } = context;
  const scope = policy.scope(actor, "study:edit");
  const { runs, models, encodings, minimumConfidence, maximumConfidence, images: chosenImages } = draft.selection;
  const query = { scope, runIds: runs, modelIds: models, encodings, minimumConfidence, maximumConfidence, limit: mostCandidates };
  const candidates = runs.length === 0 ? [] : await findStudyCandidates(connection, query);
  const chosen = await findChosenCandidates(connection, { scope, images: chosenImages });
  if (chosen.length < chosenImages.length)
    throw new AppError(
      "INVALID_INPUT",
      `${chosenImages.length - chosen.length} of the images chosen by hand are not in this workspace, or have no score by a network yet.`,
      { field: "draft.selection.images" },
    );
  const drawn = drawImages(candidates, chosen, draft.selection);
  const [model] = await findModels(
    connection,
    drawn.slice(0, 1).map(({ modelId }) => modelId),
  );
  if (drawn.some(({ labelSpace }) => labelSpace !== model?.labelSpace))
    throw new AppError(
      "INVALID_INPUT",
      "These images were labelled by networks with different classes. Choose runs on networks with the same classes.",
      {
        field: "draft.selection.runs",
      },
    );
  const runnersUp = await readRunnersUp(connection, drawn);
  const counted = drawn.map(({ image, label, confidence, modelId, eliteId, photoId, source }) => ({
    ...plain,
    imageSha256: image,
    label,
    confidence,
    modelId,
    eliteId,
    photoId,
    source,
    runnersUp: runnersUp.get(image) ?? [],
  }));
  const gold = await readGold(context, draft.gold, model ?? null);
  const noiseImages = await makeNoise(context, draft, drawn[0]);
  const noise = noiseImages.map(({ sha256 }) => ({ ...plain, imageSha256: sha256, label: 0, source: "noise" }));
  return { images: { COUNTED: counted, GOLD: gold, NOISE: noise }, noiseImages };
}

async function readRunnersUp(connection: Connection, drawn: readonly StudyCandidate[]): Promise<Map<string, number[]>> {
  const found = new Map<string, number[]>();
  for (let start = 0; start < drawn.length; start += imagesAtOnce) {
    const some = drawn.slice(start, start + imagesAtOnce);
    const probabilities = await findProbabilities(connection, some);
    for (const { image, label } of some) {
      const own = probabilities.get(image);
      if (own === undefined) continue;
      const others = Array.from(own, (probability, index) => ({ probability, index })).filter(({ index }) => index !== label);
      others.sort((a, b) => b.probability - a.probability || a.index - b.index);
      found.set(
        image,
        others.slice(0, keptRunnersUp).map(({ index }) => index),
      );
    }
  }
  return found;
}

async function readGold(
  { actor, photos }: DrawContext,
  gold: readonly GoldImage[],
  model: ModelRecord | null,
): Promise<Omit<NewStudyImage, "role">[]> {
  const field = "draft.gold";
  if (gold.length > mostGold) throw new AppError("INVALID_INPUT", `A study has up to ${mostGold} gold images.`, { field });
  const rows = await photos.load(
    actor,
    gold.map(({ photo }) => photo),
  );
  return gold.map(({ label }, index) => {
    const photo = rows[index];
    if (photo == null)
      throw new AppError("INVALID_INPUT", "A gold image is a photo that was deleted. Remove it from the draft.", { field });
    if (model !== null && !(label >= 0 && label < model.labels.length))
      throw new AppError("INVALID_INPUT", `The label of a gold image must be a class of ${model.name}.`, { field });
    return { ...plain, imageSha256: photo.image.sha256, label, photoId: photo.id, source: "photograph" };
  });
}

/**
 * Uniform grey or coloured noise of the size of the study's first image, or smaller for a large photo, from the draw's seed. Drawn one by
 * one, so that a hundred of them take little memory and other requests run between them.
 */
async function makeNoise(
  { objectStore }: DrawContext,
  { noise, selection }: StudyDraft,
  like: StudyCandidate | undefined,
): Promise<Omit<ImageRecord, "createdAt">[]> {
  if (!(noise >= 0 && noise <= mostNoise))
    throw new AppError("INVALID_INPUT", `A study has from 0 to ${mostNoise} images of noise.`, { field: "draft.noise" });
  if (noise === 0 || like === undefined) return [];
  const { channels } = like;
  const shrink = Math.min(1, longestNoiseSide / Math.max(like.width, like.height));
  const [width, height] = [like.width, like.height].map((side) => Math.max(1, Math.round(side * shrink))) as [number, number];
  const made: Omit<ImageRecord, "createdAt">[] = [];
  for (let index = 0; index < noise; index++) {
    const random = new Random({ seed: selection.seed, generation: 0, index, purpose: Purpose.NOISE });
    const pixels = Uint8Array.from({ length: width * height * channels }, () => random.below(256));
    const bytes = encodePng({ width, height, channels: channels as ByteImage["channels"], pixels });
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    await objectStore.put(imageKey(sha256), bytes, { contentType: "image/png" });
    made.push({ sha256, width, height, channels, byteLength: bytes.byteLength });
  }
  return made;
}
