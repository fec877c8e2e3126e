/** Reads images for voters by their addresses, in the shape and format of their study. Keeps recent ones in memory. */
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { studyImageRoles } from "@pareidolia/core/studyState";
import { fitPhoto } from "@pareidolia/images/fitPhoto";
import { addComment, decodeStored, encodeForVoters, type VoterFormatName } from "@pareidolia/images/voterImage";
import { parseStudyDraft } from "@pareidolia/perception/study/studyDraft";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { imageKey as keyOfImage, type ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import type { StudyRecord } from "@pareidolia/persistence/studies/studies/readStudies";
import { findStudyImages } from "@pareidolia/persistence/studies/studies/studyImages";
import { type BallotImageStudy, findBallotImageStudy } from "@pareidolia/persistence/studies/voting/readBallotImage";
import { policy } from "../policy/policy.ts";
import { BoundedCache } from "../recall/boundedCache.ts";
import { readImageAddress, splitImageAddress } from "./imageAddress.ts";
import { type ImagePacking, packImages } from "./imagePacking.ts";
import { weighImages } from "./sessionWeight.ts";
import type { ShelvedStudy, StudyShelf } from "./studyShelf.ts";
import { type VoterImage, voterImagesOf } from "./voterImages.ts";

const cacheBytes = 32 * 1024 * 1024;
/** Studies whose format is remembered. */
const maxPackings = 1_000;

interface BallotImage {
  /** The last segment of the address. */
  readonly file: string;
  readonly study: ShelvedStudy;
  readonly image: VoterImage;
}

export interface BallotImageFile {
  readonly bytes: Uint8Array;
  readonly format: VoterFormatName;
}

export class BallotImageService {
  readonly #database: Database;
  readonly #objectStore: ObjectStore;
  readonly #shelf: StudyShelf;
  /** Without comments. */
  readonly #encoded = new BoundedCache<Uint8Array>(cacheBytes, ({ length }) => length);
  readonly #encoding = new Map<string, Promise<Uint8Array>>();
  readonly #packings = new BoundedCache<Promise<ImagePacking>>(maxPackings, () => 1);

  constructor(options: { readonly database: Database; readonly objectStore: ObjectStore; readonly shelf: StudyShelf }) {
    this.#database = options.database;
    this.#objectStore = options.objectStore;
    this.#shelf = options.shelf;
  }

  /**
   * While people vote, everyone who knows an address may read the image: only one voter receives it. Before and after, only members who may
   * vote. Gold images stay readable: the thank-you page, to which a voter may return after the study has closed, shows how the voter did on
   * them. @throws AppError INVALID_INPUT for another form of address; NOT_FOUND.
   */
  async get(actor: Actor, file: string): Promise<BallotImage> {
    const address = splitImageAddress(file);
    if (address === null) throw new AppError("INVALID_INPUT", "The address of an image must be /ballots/images/ and its name.");
    const { imageKey, cell } = address;
    const found = await findBallotImageStudy(this.#database.connection, imageKey);
    const named = found && readImageAddress({ imageSecret: found.imageSecret, imageKey }, cell);
    const none = new AppError("NOT_FOUND", "There is no such image.");
    if (found === null || named === null) throw none;
    const study = await this.#shelf.get(found.studyId);
    const image = study.images.find(({ role, index }) => role === named.role && index === named.index);
    if (image === undefined) throw none;
    const visibility = isShown(found, image) ? ("PUBLIC" as const) : ("PRIVATE" as const);
    if (!policy.allows(actor, "vote:cast", { ...found, experimentId: found.studyId, visibility })) throw none;
    return { file, study, image };
  }

  /** For an image that `get` returned. Its bytes are this address' own. */
  async readFile({ file, study, image }: BallotImage): Promise<BallotImageFile> {
    const { format } = await this.packingOf(study.id, study.images);
    const bytes = await this.#encode(image, format);
    return { bytes: addComment(bytes, format, file), format };
  }

  /** About the bytes of the images of one session. @throws AppError UNAVAILABLE, NOT_FOUND, CORRUPT_DATA if the images cannot be read. */
  async weigh({ id, images, usualImages }: ShelvedStudy): Promise<number> {
    return weighImages(usualImages, await this.packingOf(id, images));
  }

  /** As `weigh`, for a study that may be a draft: its voters see all checks and examples, and as many counted images as the draft says. */
  async weighStudy({ id, state, revision, draft }: StudyRecord): Promise<number> {
    if (state !== "DRAFT") return this.weigh(await this.#shelf.get(id));
    const images = voterImagesOf(await findStudyImages(this.#database.connection, id));
    const counts = new Map(studyImageRoles.map((role) => [role, images.filter((image) => image.role === role).length]));
    const { trialsPerVoter } = parseStudyDraft(draft);
    const counted = Math.min(counts.get("COUNTED") ?? 0, trialsPerVoter ?? Number.POSITIVE_INFINITY);
    return weighImages(counts.set("COUNTED", counted), await this.packingOf(`${id} ${revision}`, images));
  }

  /** @param key names the images: the study, and the revision of a draft. */
  packingOf(key: string, images: readonly VoterImage[]): Promise<ImagePacking> {
    const known = this.#packings.get(key);
    if (known !== undefined) return known;
    const packing = packImages(images, (image, format) => this.#encode(image, format));
    this.#packings.set(key, packing);
    // The object store may be available again later.
    packing.catch(() => this.#packings.delete(key));
    return packing;
  }

  async #encode({ sha256, shape }: VoterImage, format: VoterFormatName): Promise<Uint8Array> {
    const key = `${sha256} ${shape.width} ${shape.height} ${shape.channels} ${format}`;
    const known = this.#encoded.get(key);
    if (known !== undefined) return known;
    const pending = this.#encoding.get(key) ?? this.#encodeOnce(key, { sha256, shape }, format);
    this.#encoding.set(key, pending);
    return pending;
  }

  async #encodeOnce(key: string, { sha256, shape }: Pick<VoterImage, "sha256" | "shape">, format: VoterFormatName): Promise<Uint8Array> {
    try {
      const stored = await decodeStored(await this.#objectStore.get(keyOfImage(sha256)));
      const bytes = await encodeForVoters(await fitPhoto(stored, shape), format);
      this.#encoded.set(key, bytes);
      return bytes;
    } finally {
      this.#encoding.delete(key);
    }
  }
}

function isShown({ state }: BallotImageStudy, { role }: VoterImage): boolean {
  if (state === "OPEN" || state === "PAUSED") return true;
  return role === "GOLD" && (state === "CLOSED" || state === "ARCHIVED");
}
