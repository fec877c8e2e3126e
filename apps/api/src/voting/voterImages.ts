/**
 * The images of a study in the shapes in which voters receive them. Counted images keep theirs, so that every stored value is shown. Checks
 * take the shape of a counted image, since a photograph of another size or with colours would be recognised as gold. Examples are no larger
 * than pages show them.
 */
import type { ImageShape } from "@pareidolia/core/image";
import type { StudyImageRole } from "@pareidolia/core/studyState";
import type { StudyImageRecord } from "@pareidolia/persistence/studies/studies/studyImages";

/** Pixels of the longer side: twice the 132 CSS pixels of the page, for dense screens. */
const maxExampleSide = 264;

export interface VoterImage {
  readonly role: StudyImageRole;
  /** The place in its role. */
  readonly index: number;
  /** Of the stored bytes. */
  readonly sha256: string;
  readonly shape: ImageShape;
}

type ImageRow = Pick<StudyImageRecord, "role" | "index" | "imageSha256" | "width" | "height" | "channels">;

function shapeOf({ width, height, channels }: ImageRow): ImageShape {
  return { width, height, channels: channels === 1 ? 1 : 3 };
}

function shrink({ width, height, channels }: ImageShape, longest: number): ImageShape {
  const scale = Math.min(1, longest / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)), channels };
}

/** In the order of the rows. */
export function voterImagesOf(rows: readonly ImageRow[]): VoterImage[] {
  const counted = rows.filter(({ role }) => role === "COUNTED").map(shapeOf);
  const keyOf = ({ width, height, channels }: ImageShape): string => `${width} ${height} ${channels}`;
  const known = new Set(counted.map(keyOf));
  return rows.map((row) => {
    const { role, index, imageSha256: sha256 } = row;
    const own = shapeOf(row);
    if (role === "EXEMPLAR") return { role, index, sha256, shape: shrink(own, maxExampleSide) };
    // If counted images differ in shape, checks do so as often.
    const like = counted[index % Math.max(1, counted.length)] ?? own;
    return { role, index, sha256, shape: known.has(keyOf(own)) ? own : like };
  });
}
