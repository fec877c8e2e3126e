/** Images of one shape as one sequence of bytes: a line of JSON with their shape, then the pixels, image after image. */
import { AppError } from "@pareidolia/core/appError";
import { integer, record } from "@pareidolia/core/documentShape";
import { type ByteImage, pixelCount } from "@pareidolia/core/image";

const newline = 0x0a;
const header = record({ count: integer, width: integer, height: integer, channels: integer });

/** @throws AppError INVALID_INPUT for no images. */
export function packImages(images: readonly ByteImage[]): Uint8Array {
  const [first] = images;
  if (first === undefined) throw new AppError("INVALID_INPUT", "There are no images to pack.");
  const { width, height, channels } = first;
  const head = new TextEncoder().encode(`${JSON.stringify({ count: images.length, width, height, channels })}\n`);
  const size = pixelCount(first);
  const bytes = new Uint8Array(head.length + images.length * size);
  bytes.set(head);
  for (const [i, { pixels }] of images.entries()) bytes.set(pixels, head.length + i * size);
  return bytes;
}

/** @throws AppError CORRUPT_DATA for anything that `packImages` did not write. */
export function unpackImages(bytes: Uint8Array): ByteImage[] {
  const end = bytes.indexOf(newline);
  const { count, width, height, channels } = readHeader(bytes.subarray(0, Math.max(0, end)));
  const size = width * height * channels;
  if ((channels !== 1 && channels !== 3) || count < 0 || size < 1 || bytes.length !== end + 1 + count * size)
    throw new AppError("CORRUPT_DATA", "A chain's images are incomplete. Start the chain again.");
  const shape = { width, height, channels } as const;
  return Array.from({ length: count }, (_, i) => ({ ...shape, pixels: bytes.slice(end + 1 + i * size, end + 1 + (i + 1) * size) }));
}

function readHeader(line: Uint8Array): ReturnType<typeof header> {
  try {
    return header(JSON.parse(new TextDecoder().decode(line)), "header");
  } catch (cause) {
    throw new AppError("CORRUPT_DATA", "A chain's images are damaged. Start the chain again.", { cause });
  }
}
