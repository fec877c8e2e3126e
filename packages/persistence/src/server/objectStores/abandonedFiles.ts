/** Removes temporary files and folders of processes that were killed, before the next one of the same kind is made. */
import { lstat, readdir, rm } from "node:fs/promises";
import path from "node:path";

/** Longer than any process leaves its files unchanged. */
const abandonedMilliseconds = 48 * 60 * 60 * 1_000;

/** @param place a folder that other programs may use, too. @param prefix with which the names of all entries of this kind start. */
export async function removeAbandoned(place: string, prefix: string): Promise<void> {
  for (const name of await readdir(place)) {
    if (!name.startsWith(prefix)) continue;
    const entry = path.join(place, name);
    // Another process may be removing it, too.
    if (await isAbandoned(entry).catch(() => false)) await rm(entry, { recursive: true, force: true }).catch(() => undefined);
  }
}

async function isAbandoned(entry: string): Promise<boolean> {
  const found = await lstat(entry);
  const ownUser = process.getuid?.();
  if (ownUser !== undefined && found.uid !== ownUser) return false;
  const files = found.isDirectory() ? await readdir(entry) : [];
  // A folder's own time is not that of the last change of its files.
  const all = [found, ...(await Promise.all(files.map((name) => lstat(path.join(entry, name)))))];
  return all.every(({ mtimeMs }) => mtimeMs < Date.now() - abandonedMilliseconds);
}
