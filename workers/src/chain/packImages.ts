/** Fooling pictures of one link as one object: a line of JSON that says their shape, then their bytes, picture after picture. */
import { AppError } from "@pareidolia/core/appError";
import { type ByteImage, pixelCount } from "@pareidolia/core/image";
import { z } from "zod";

const header = z.object({
  count: z.int().min(0),
  width: z.int().min(1),
  height: z.int().min(1),
  channels: z.union([z.literal(1), z.literal(3)]),
});
const newline = 0x0a;

export function packImages(images: readonly ByteImage[]): Uint8Array {
  const [first] = images;
  if (first === undefined) throw new AppError("INVALID_INPUT", "There are no pictures to keep.");
  const { width, height, channels } = first;
  const head = Buffer.from(`${JSON.stringify({ count: images.length, width, height, channels })}\n`);
  return Buffer.concat([head, ...images.map(({ pixels }) => pixels)]);
}

/** @throws AppError CORRUPT_DATA for anything that `packImages` did not write. */
export function unpackImages(bytes: Uint8Array): ByteImage[] {
  const end = bytes.indexOf(newline);
  const parsed = header.safeParse(end < 0 ? null : JSON.parse(Buffer.from(bytes.subarray(0, end)).toString("utf8")));
  if (!parsed.success)
    throw new AppError("CORRUPT_DATA", "A chain's pictures are damaged. Start the chain again.", { cause: parsed.error });
  const { count, ...shape } = parsed.data;
  const size = pixelCount(shape);
  if (bytes.length !== end + 1 + count * size)
    throw new AppError("CORRUPT_DATA", "A chain's pictures are cut short. Start the chain again.");
  return Array.from({ length: count }, (_, i) => ({ ...shape, pixels: bytes.slice(end + 1 + i * size, end + 1 + (i + 1) * size) }));
}
