/** Draws the images of a draft by its rules: from results of the workspace, photographs, and noise; and describes them as the draft does. */
import { createHash } from "node:crypto";
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import type { ByteImage } from "@pareidolia/core/image";
import { Purpose, Random } from "@pareidolia/core/random";
import type { StudyImageRole } from "@pareidolia/core/studyState";
import { encodePng } from "@pareidolia/images/png";
import { drawImages } from "@pareidolia/perception/study/drawImages";
import { detailsOf } from "@pareidolia/perception/study/imageDetails";
import type { CanaryImage, LabelledPhoto, StudyDraft } from "@pareidolia/perception/study/studyDraft";
import type { ImageRecord } from "@pareidolia/persistence/lab/images/readImages";
import { findModels, type ModelRecord } from "@pareidolia/persistence/lab/models/readModels";
import type { Connection } from "@pareidolia/persistence/server/database/database";
import { imageKey, type ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import type { Scope } from "@pareidolia/persistence/server/scope/scope";
import {
  findChosenCandidates,
  findProbabilities,
  findStudyCandidates,
  type StudyCandidate,
} from "@pareidolia/persistence/studies/studies/findCandidates";
import type { NewStudyImage } from "@pareidolia/persistence/studies/studies/studyImages";
import type { PhotoService } from "../photo/photo.service.ts";
import { policy } from "../policy/policy.ts";

/** Candidates that a draw considers, and images of a study. */
const maxCandidates = 50_000;
/** Images whose next choices are read in one statement. */
const imagesAtOnce = 200;
const keptRunnersUp = 5;
const maxNoise = 100;
const maxPhotos = 500;
const maxCanaries = 100;
/** Pixels. */
const maxNoiseSide = 1_024;

export interface DrawnImages {
  /** Without an index: the place in the list of its role. */
  readonly images: { readonly [Role in StudyImageRole]: readonly Omit<NewStudyImage, "role">[] };
  /** Images of noise, which the caller writes in its transaction. */
  readonly noiseImages: readonly Omit<ImageRecord, "createdAt">[];
}

interface DrawContext {
  readonly actor: Actor;
  readonly connection: Connection;
  readonly objectStore: ObjectStore;
  readonly photos: PhotoService;
}

/** The results among which the draw looks. */
interface Candidates {
  readonly connection: Connection;
  readonly scope: Scope;
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
  const query = { scope, runIds: runs, modelIds: models, encodings, minimumConfidence, maximumConfidence, limit: maxCandidates };
  const candidates = runs.length === 0 ? [] : await findStudyCandidates(connection, query);
  const chosen = await findChosenCandidates(connection, { scope, images: chosenImages });
  if (chosen.length < chosenImages.length)
    throw new AppError(
      "INVALID_INPUT",
      `${chosenImages.length - chosen.length} of the images chosen by hand are not in this workspace, or have no score by a network yet.`,
      { field: "draft.selection.images" },
    );
  const excluded = [...draft.selection.excluded, ...draft.canaries.map(({ image }) => image)];
  const drawn = drawImages(candidates, chosen, { ...draft.selection, excluded });
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
    imageSha256: image,
    label,
    confidence,
    modelId,
    eliteId,
    photoId,
    source,
    runnersUp: runnersUp.get(image) ?? [],
    ...detailsOf(draft, { image, label, source }),
  }));
  const gold = await readPhotos(context, draft.gold, { model: model ?? null, name: "a gold image", field: "draft.gold" });
  const exemplars = await readPhotos(context, draft.exemplars, { model: model ?? null, name: "an example", field: "draft.exemplars" });
  const canaries = await readCanaries({ connection, scope }, draft.canaries, model ?? null);
  const noiseImages = await makeNoise(context, draft, drawn[0]);
  const noise = noiseImages.map(({ sha256 }) => ({ ...plain, imageSha256: sha256, label: 0, source: "noise" }));
  return { images: { COUNTED: counted, GOLD: gold, NOISE: noise, CANARY: canaries, EXEMPLAR: exemplars }, noiseImages };
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

interface LabelRules {
  /** The network whose classes are the labels; null without counted images. */
  readonly model: ModelRecord | null;
  /** The image's part in the study, for messages. */
  readonly name: string;
  readonly field: string;
}

function checkLabel(label: number, { model, name, field }: LabelRules): void {
  if (model !== null && !(label >= 0 && label < model.labels.length))
    throw new AppError("INVALID_INPUT", `The label of ${name} must be a class of ${model.name}.`, { field });
}

async function readPhotos(
  { actor, photos }: DrawContext,
  chosen: readonly LabelledPhoto[],
  rules: LabelRules,
): Promise<Omit<NewStudyImage, "role">[]> {
  const { name, field } = rules;
  if (chosen.length > maxPhotos)
    throw new AppError("INVALID_INPUT", `A study has up to ${maxPhotos} photographs as gold, and as many as examples.`, { field });
  const rows = await photos.load(
    actor,
    chosen.map(({ photo }) => photo),
  );
  return chosen.map(({ label }, index) => {
    const photo = rows[index];
    if (photo == null) throw new AppError("INVALID_INPUT", `The photo of ${name} was deleted. Remove it from the draft.`, { field });
    checkLabel(label, rules);
    return { ...plain, imageSha256: photo.image.sha256, label, photoId: photo.id, source: "photograph" };
  });
}

async function readCanaries(
  { connection, scope }: Candidates,
  canaries: readonly CanaryImage[],
  model: ModelRecord | null,
): Promise<Omit<NewStudyImage, "role">[]> {
  const field = "draft.canaries";
  if (canaries.length > maxCanaries) throw new AppError("INVALID_INPUT", `A study has up to ${maxCanaries} canaries.`, { field });
  const found = await findChosenCandidates(connection, { scope, images: canaries.map(({ image }) => image) });
  const byImage = new Map(found.map((candidate) => [candidate.image, candidate]));
  return canaries.map(({ image, label }) => {
    const candidate = byImage.get(image);
    if (candidate === undefined)
      throw new AppError("INVALID_INPUT", "A canary is not in this workspace, or has no score by a network yet. Remove it.", { field });
    checkLabel(label, { model, name: "a canary", field });
    const { modelId, eliteId, photoId, source, confidence } = candidate;
    // The confidence is that in the network's own label.
    const isOwn = candidate.label === label;
    return { ...plain, imageSha256: image, label, modelId, eliteId, photoId, source, confidence: isOwn ? confidence : null };
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
  if (!(noise >= 0 && noise <= maxNoise))
    throw new AppError("INVALID_INPUT", `A study has from 0 to ${maxNoise} images of noise.`, { field: "draft.noise" });
  if (noise === 0 || like === undefined) return [];
  const { channels } = like;
  const shrink = Math.min(1, maxNoiseSide / Math.max(like.width, like.height));
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
