/**
 * An interrupted download, stored next to its target file until it is resumed: the bytes so far, and the server's validator for that
 * version of the file (RFC 9110, 13.1.5: a strong ETag or a date), without which nothing may be appended. The process that resumes a
 * download first renames the partial file, so two processes never write to the same one.
 */
import { randomUUID } from "node:crypto";
import { open, readFile, rename, rm, stat, writeFile } from "node:fs/promises";

interface Origin {
  readonly url: string;
  readonly validator: string;
}

export interface OwnPart {
  /** The file that this process writes to. */
  readonly location: string;
  readonly size: number;
  readonly origin: Origin | null;
}

const bytesOf = (location: string): string => `${location}.partial`;
const originOf = (location: string): string => `${location}.partial.json`;

/** Claims the partial download of this file from this URL, or creates an empty one. */
export async function takePartial(location: string, url: string): Promise<OwnPart> {
  const own = `${location}.${randomUUID()}.part`;
  const origin = await readOrigin(location);
  if (origin?.url === url) {
    try {
      await rename(bytesOf(location), own);
      await rm(originOf(location), { force: true });
      return { location: own, size: (await stat(own)).size, origin };
    } catch {
      // Another process has just claimed it.
    }
  }
  await (await open(own, "wx")).close();
  return { location: own, size: 0, origin: null };
}

/** Keeps the bytes for a later attempt if the server sent a validator; removes them otherwise, as they could not be resumed. */
export async function leavePartial(location: string, own: string, origin: Origin | null): Promise<void> {
  const size = origin === null ? 0 : (await stat(own)).size;
  if (origin === null || size === 0) {
    await rm(own, { force: true });
    return;
  }
  await rename(own, bytesOf(location));
  await writeFile(originOf(location), JSON.stringify(origin));
}

async function readOrigin(location: string): Promise<Origin | null> {
  try {
    const { url, validator } = JSON.parse(await readFile(originOf(location), "utf8")) as Partial<Origin>;
    return typeof url === "string" && typeof validator === "string" ? { url, validator } : null;
  } catch {
    return null;
  }
}
