/**
 * In which format a study's images travel, and how heavy they are. All images of a study have one format, or it would tell checks from counted
 * images: of lossless WebP and PNG, the one that makes a sample of the images smaller.
 */
import { type StudyImageRole, studyImageRoles } from "@pareidolia/core/studyState";
import { type VoterFormatName, voterFormatNames } from "@pareidolia/images/voterImage";
import type { VoterImage } from "./voterImages.ts";

/** Images of each role in the sample, evenly spread: encoding all of a large study would take minutes. */
const sampled = 4;

export interface ImagePacking {
  readonly format: VoterFormatName;
  /** Mean bytes of an image of the role; exact for a role with few images, and 0 without any. */
  bytesOf(role: StudyImageRole): number;
}

/** @returns the file without a comment. */
export type EncodeImage = (image: VoterImage, format: VoterFormatName) => Promise<Uint8Array>;

function sampleOf(images: readonly VoterImage[]): readonly VoterImage[] {
  return studyImageRoles.flatMap((role) => {
    const own = images.filter((image) => image.role === role);
    const count = Math.min(sampled, own.length);
    return Array.from({ length: count }, (_, i) => own[Math.floor((i * own.length) / count)] as VoterImage);
  });
}

export async function packImages(images: readonly VoterImage[], encode: EncodeImage): Promise<ImagePacking> {
  const sizes: { readonly role: StudyImageRole; readonly bytes: Readonly<Record<VoterFormatName, number>> }[] = [];
  for (const image of sampleOf(images)) {
    const lengths = await Promise.all(voterFormatNames.map(async (name) => [name, (await encode(image, name)).length] as const));
    sizes.push({ role: image.role, bytes: Object.fromEntries(lengths) as Record<VoterFormatName, number> });
  }
  const totalOf = (name: VoterFormatName): number => sizes.reduce((sum, { bytes }) => sum + bytes[name], 0);
  const format = voterFormatNames.reduce((best, name) => (totalOf(name) < totalOf(best) ? name : best));
  return {
    format,
    bytesOf(role) {
      const own = sizes.filter((size) => size.role === role);
      return own.length === 0 ? 0 : own.reduce((sum, { bytes }) => sum + bytes[format], 0) / own.length;
    },
  };
}
