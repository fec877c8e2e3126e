/** Reads one file from a tar archive (POSIX ustar): blocks of 512 bytes, with a header (name, octal size) before each content. */
import { AppError } from "@pareidolia/core/appError";

const block = 512;

/** @throws AppError CORRUPT_DATA if the file is missing or truncated. */
export function readTarMember(archive: Uint8Array, name: string): Uint8Array {
  for (let at = 0; at + block <= archive.length; ) {
    const header = archive.subarray(at, at + block);
    const size = Number.parseInt(textOf(header.subarray(124, 136)), 8);
    const entry = textOf(header.subarray(0, 100));
    if (entry === "") break;
    if (!Number.isSafeInteger(size) || size < 0) break;
    const content = archive.subarray(at + block, at + block + size);
    if (entry === name && content.length === size) return content;
    at += block + Math.ceil(size / block) * block;
  }
  throw new AppError("CORRUPT_DATA", `The archive has no complete file ${name}.`);
}

function textOf(field: Uint8Array): string {
  const end = field.indexOf(0);
  return Buffer.from(field.subarray(0, end === -1 ? field.length : end))
    .toString("latin1")
    .trim();
}
