/** The metadata of a release against its files: hashes that they repeat must be those of the manifest. */

import { type ArchiveFile, type ArchiveFiles, readText } from "@pareidolia/archive/archiveFiles";
import { AppError } from "@pareidolia/core/appError";
import { fileNames } from "../layout.ts";
import { planIdentifierType } from "../metadata/dataCite.ts";

/** The largest JSON file: a plan of a million images. */
export const maxJsonSize = 256 * 2 ** 20;

/** @throws AppError CORRUPT_DATA for malformed JSON. */
export async function readJson(file: ArchiveFile): Promise<unknown> {
  const text = await readText(file, maxJsonSize);
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new AppError("CORRUPT_DATA", `"${file.name}" is not JSON: ${(cause as Error).message}`, { cause });
  }
}

/** A list in a document of unknown shape; empty if it is not there. */
function listIn(document: unknown, name: string): readonly Readonly<Record<string, unknown>>[] {
  const list: unknown = typeof document === "object" && document !== null ? (document as Readonly<Record<string, unknown>>)[name] : null;
  return Array.isArray(list) ? list.filter((entry) => typeof entry === "object" && entry !== null) : [];
}

/** @returns the number of hashes that were compared. */
export async function verifyMetadata({ files }: ArchiveFiles, hashes: ReadonlyMap<string, string>, planHash: string): Promise<number> {
  const document = (name: string): Promise<unknown> => readJson(files.get(name) as ArchiveFile);
  const identifiers = listIn(await document(fileNames.dataCite), "alternateIdentifiers");
  const published = identifiers.find((entry) => entry["alternateIdentifierType"] === planIdentifierType)?.["alternateIdentifier"];
  if (published !== planHash)
    throw new AppError("CORRUPT_DATA", `${fileNames.dataCite} names another plan than ${fileNames.plan}, whose SHA-256 is ${planHash}.`);
  let compared = 1;
  const described = [
    ...listIn(await document(fileNames.croissant), "distribution").map((entry) => [
      fileNames.croissant,
      entry["contentUrl"],
      entry["sha256"],
    ]),
    ...listIn(await document(fileNames.roCrate), "@graph").map((entry) => [fileNames.roCrate, entry["@id"], entry["sha256"]]),
  ] as const;
  for (const [by, name, hash] of described) {
    if (hash === undefined) continue;
    if (typeof name !== "string" || hashes.get(name) !== hash)
      throw new AppError("CORRUPT_DATA", `${String(by)} gives another hash of ${JSON.stringify(name)} than the manifest.`);
    compared++;
  }
  return compared;
}
