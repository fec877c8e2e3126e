/** The files of a release against its manifest: none missing, none extra, and each with its hash. */
import { createHash } from "node:crypto";
import { type ArchiveFile, type ArchiveFiles, readText, readWhole, unreadable } from "@pareidolia/archive/archiveFiles";
import { AppError } from "@pareidolia/core/appError";
import { belongsToRelease, fileNames, keyIn } from "../layout.ts";
import { parseManifest } from "../manifest.ts";

/** Decodes a PNG file. Throws if it is not an image. */
export type DecodeImage = (bytes: Uint8Array) => unknown;

const maxManifestSize = 64 * 2 ** 20;
/** As for stored images. */
export const maxImageSize = 64 * 2 ** 20;

/** SHA-256 by name. @throws AppError CORRUPT_DATA for files that are missing, or that do not belong to a release. */
export async function verifyNames({ files }: ArchiveFiles): Promise<ReadonlyMap<string, string>> {
  const manifest = files.get(fileNames.manifest);
  if (manifest === undefined) throw unreadable(`it has no ${fileNames.manifest}`);
  const hashes = parseManifest(await readText(manifest, maxManifestSize));
  for (const name of Object.values(fileNames)) if (!files.has(name)) throw unreadable(`it has no ${name}`);
  for (const name of hashes.keys()) {
    if (!belongsToRelease(name)) throw unreadable(`the manifest lists ${JSON.stringify(name)}, which does not belong to a release`);
    if (!files.has(name)) throw unreadable(`the manifest lists "${name}", which is missing`);
  }
  for (const name of files.keys())
    if (name !== fileNames.manifest && !hashes.has(name)) throw unreadable(`"${name}" is not in the manifest`);
  if (hashes.has(fileNames.manifest)) throw unreadable("the manifest lists itself");
  return hashes;
}

/** @returns the number of files. @throws AppError CORRUPT_DATA naming the first file that is not as the manifest says. */
export async function verifyHashes({ files }: ArchiveFiles, hashes: ReadonlyMap<string, string>): Promise<number> {
  for (const [name, expected] of hashes) {
    const actual = await hashOf(files.get(name) as ArchiveFile);
    if (actual !== expected) throw new AppError("CORRUPT_DATA", `"${name}" has the SHA-256 ${actual}; the manifest says ${expected}.`);
    const own = keyIn("image", name) ?? keyIn("genome", name);
    if (own !== null && own !== actual) throw new AppError("CORRUPT_DATA", `"${name}" has the SHA-256 ${actual}, not that of its name.`);
  }
  return hashes.size;
}

/** @returns the SHA-256 of the images. @throws AppError CORRUPT_DATA naming the first file that is not an image. */
export async function verifyImages({ files }: ArchiveFiles, decodeImage: DecodeImage): Promise<ReadonlySet<string>> {
  const images = new Set<string>();
  for (const file of files.values()) {
    const hash = keyIn("image", file.name);
    if (hash === null) continue;
    const bytes = await readWhole(file, maxImageSize);
    try {
      decodeImage(bytes);
    } catch (cause) {
      throw new AppError("CORRUPT_DATA", `"${file.name}" is not an image: ${(cause as Error).message}`, { cause });
    }
    images.add(hash);
  }
  return images;
}

export async function hashOf(file: ArchiveFile): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of file.read()) hash.update(piece);
  return hash.digest("hex");
}
