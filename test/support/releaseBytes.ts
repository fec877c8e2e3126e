/** Releases in memory for tests: read, changed, and described again. */

import { type ArchiveFile, type ArchiveFiles, readWhole } from "@pareidolia/archive/archiveFiles";
import type { ByteSource } from "@pareidolia/archive/zip/readZip";
import { readZip } from "@pareidolia/archive/zip/readZip";
import { manifestOf } from "@pareidolia/release/manifest";
import { sha256Of } from "./sampleRelease.ts";

/** Reads from memory as from a file. */
export function sourceOf(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: (at, length) =>
      at < 0 || at + length > bytes.length
        ? Promise.reject(new Error("The range is not in the file."))
        : Promise.resolve(bytes.slice(at, at + length)),
  };
}

/** The files of an archive, by name. */
export async function unzipped(archive: Uint8Array): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const [name, file] of await readZip(sourceOf(archive))) files.set(name, await readWhole(file, file.bytes));
  return files;
}

/** A release of these files. */
export function inMemory(files: ReadonlyMap<string, Uint8Array>): ArchiveFiles {
  async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
    // Small pieces, so that rows and characters are split between them.
    for (let at = 0; at < bytes.length; at += 1000) yield await Promise.resolve(bytes.subarray(at, at + 1000));
  }
  const found = [...files].map(([name, bytes]): [string, ArchiveFile] => [name, { name, bytes: bytes.length, read: () => pieces(bytes) }]);
  return { files: new Map(found), close: () => Promise.resolve() };
}

/** The files with one of them changed, and a manifest that fits. */
export function withFile(files: ReadonlyMap<string, Uint8Array>, name: string, change: (text: string) => string): Map<string, Uint8Array> {
  const changed = new Map(files);
  changed.set(name, new TextEncoder().encode(change(new TextDecoder().decode(files.get(name)))));
  return withManifest(changed);
}

/** The files with a manifest that fits. */
export function withManifest(files: ReadonlyMap<string, Uint8Array>): Map<string, Uint8Array> {
  const others = [...files].filter(([name]) => name !== "manifest-sha256.txt");
  const manifest = manifestOf(new Map(others.map(([name, bytes]) => [name, sha256Of(bytes)])));
  return new Map([...others, ["manifest-sha256.txt", new TextEncoder().encode(manifest)]]);
}
