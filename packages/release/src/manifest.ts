/**
 * The manifest: the SHA-256 and name of every other file, one a line in order of names, as in BagIt (RFC 8493) and as `sha256sum --check`
 * reads it. There is exactly one text for a set of files, so no byte of it can change unnoticed.
 */
import { unreadable } from "@pareidolia/archive/archiveFiles";

const line = /^([0-9a-f]{64}) {2}([!-~]+)$/;

/** @param hashes SHA-256 by name. */
export function manifestOf(hashes: ReadonlyMap<string, string>): string {
  const names = [...hashes.keys()].sort();
  return names.map((name) => `${hashes.get(name)}  ${name}\n`).join("");
}

/** SHA-256 by name. @throws AppError CORRUPT_DATA for any text that `manifestOf` does not write. */
export function parseManifest(text: string): ReadonlyMap<string, string> {
  const hashes = new Map<string, string>();
  if (text !== "" && !text.endsWith("\n")) throw unreadable("the manifest is cut off");
  for (const [index, entry] of text.split("\n").slice(0, -1).entries()) {
    const [, hash, name] = line.exec(entry) ?? [];
    if (hash === undefined || name === undefined) throw unreadable(`line ${index + 1} of the manifest is malformed`);
    if (hashes.has(name)) throw unreadable(`the manifest lists "${name}" twice`);
    hashes.set(name, hash);
  }
  if (manifestOf(hashes) !== text) throw unreadable("the lines of the manifest are not in order of names");
  return hashes;
}
