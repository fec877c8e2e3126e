/** Writes a stream to a temporary file and hashes it meanwhile, for a store that needs the hash before the first byte. */
import { createHash, randomUUID } from "node:crypto";
import { open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { removeAbandoned } from "./abandonedFiles.ts";
import { tooLong } from "./objectStore.ts";
import type { ReceivedFile } from "./receivedFile.ts";

const prefix = "pareidolia-upload-";

export interface SpooledFile extends ReceivedFile {
  /** The caller removes it. */
  readonly file: string;
}

/** @throws AppError INVALID_INPUT when `body` is longer than `longest` bytes; the error of `body`. An error leaves no file behind. */
export async function spoolFile(body: AsyncIterable<Uint8Array>, { longest }: { readonly longest: number }): Promise<SpooledFile> {
  const place = tmpdir();
  await removeAbandoned(place, prefix);
  const file = path.join(place, `${prefix}${randomUUID()}`);
  const handle = await open(file, "wx", 0o600);
  const hash = createHash("sha256");
  let byteLength = 0;
  try {
    for await (const chunk of body) {
      byteLength += chunk.length;
      if (byteLength > longest) throw tooLong(longest);
      hash.update(chunk);
      await handle.writeFile(chunk);
    }
    return { file, sha256: hash.digest("hex"), byteLength };
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
}
