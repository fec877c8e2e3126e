/**
 * Stores many small objects in one file, since writing a separate file for each costs ten times as much. A pack is written and flushed
 * before any of its objects is reported as stored. Other processes add packs, so a missing key is looked up in packs that have
 * not been read yet. A damaged pack still serves its intact objects.
 */
import { randomUUID } from "node:crypto";
import { access, readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import type { DurableFiles } from "./durableFiles.ts";
import type { DamagedFile, StoredObject } from "./objectStore.ts";
import { type PackedObject, packHead, readPack, readPacked } from "./packFile.ts";

const extension = ".pack";
/** Error codes about a single file, as opposed to a folder or an exhausted resource of the process. */
const unreadable = new Set(["EACCES", "EPERM", "EIO", "EISDIR", "EBADMSG"]);

interface Damage {
  readonly problem: string;
  readonly lost: Set<string>;
}

export class Packs {
  readonly #folder: string;
  readonly #files: DurableFiles;
  readonly #objects = new Map<string, PackedObject>();
  readonly #read = new Set<string>();
  /** When each pack was written, in milliseconds. */
  readonly #writtenAt = new Map<string, number>();
  readonly #damage = new Map<string, Damage>();
  #reading: Promise<void> = Promise.resolve();
  #nextReading: Promise<void> | null = null;

  constructor(folder: string, files: DurableFiles) {
    this.#folder = folder;
    this.#files = files;
  }

  /** The location of an object in a pack that has been read. */
  known(key: string): PackedObject | undefined {
    return this.#objects.get(key);
  }

  /** The location of an object, after reading every existing pack if necessary. */
  async find(key: string): Promise<PackedObject | undefined> {
    const known = this.#objects.get(key);
    if (known !== undefined) return known;
    await this.#readNew();
    return this.#objects.get(key);
  }

  /** Reads the packs that other processes have added. */
  refresh(): Promise<void> {
    return this.#readNew();
  }

  /** Whether the known pack of the object was written after this time, in milliseconds. */
  isStoredSince(key: string, since: number): boolean {
    const known = this.#objects.get(key);
    return known !== undefined && (this.#writtenAt.get(path.basename(known.file)) ?? 0) > since;
  }

  /** Whether the known copy of an object is as new as the one in this pack. */
  #isStoredLater(key: string, name: string): boolean {
    return this.#objects.has(key) && this.isStoredSince(key, (this.#writtenAt.get(name) ?? 0) - 1);
  }

  /** The objects of every intact pack. */
  async *list(): AsyncIterable<StoredObject> {
    for (const name of await this.#names()) {
      const pack = await this.#openIntact(name);
      if (pack === null) continue;
      const { objects, mtime } = pack;
      for (const [key, { length }] of objects) yield { key, byteLength: length, storedAt: mtime };
    }
  }

  /** Rewrites each intact pack that is older than `storedBefore` without these objects. Returns the size of each removed copy. */
  async remove(keys: ReadonlySet<string>, storedBefore: Date): Promise<number[]> {
    const removed: number[] = [];
    for (const name of await this.#names()) {
      const file = path.join(this.#folder, name);
      const pack = await this.#openIntact(name);
      if (pack === null || pack.mtime >= storedBefore) continue;
      const { objects } = pack;
      if (![...objects.keys()].some((key) => keys.has(key))) continue;
      const kept = await this.#readObjects([...objects].filter(([key]) => !keys.has(key)));
      // `npm run store -- repair` handles packs with overwritten bytes.
      if (kept === null) continue;
      // The old pack serves the kept objects until the new pack is written.
      if (kept.length > 0) await this.add(kept);
      this.#drop(name);
      await rm(file, { force: true });
      for (const [key, { length }] of objects) if (keys.has(key)) removed.push(length);
    }
    return removed;
  }

  /** Null for a pack that is damaged, cannot be read, or was moved away. */
  async #openIntact(name: string): Promise<{ readonly objects: ReadonlyMap<string, PackedObject>; readonly mtime: Date } | null> {
    const file = path.join(this.#folder, name);
    try {
      const { mtime } = await stat(file);
      const { objects, damage } = await readPack(file);
      return damage === null ? { objects, mtime } : null;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "ENOENT" || (code !== undefined && unreadable.has(code))) return null;
      throw error;
    }
  }

  /** Null if one of the objects is damaged. */
  async #readObjects(entries: readonly (readonly [string, PackedObject])[]): Promise<{ key: string; bytes: Uint8Array }[] | null> {
    const objects: { key: string; bytes: Uint8Array }[] = [];
    for (const [key, packed] of entries) {
      const bytes = await readPacked(key, packed);
      if (bytes === null) return null;
      objects.push({ key, bytes });
    }
    return objects;
  }

  /** Whether a damaged pack lists this object as lost. */
  hasLost(key: string): boolean {
    for (const { lost } of this.#damage.values()) if (lost.has(key)) return true;
    return false;
  }

  /** Stores the objects in a new pack. */
  async add(objects: readonly { readonly key: string; readonly bytes: Uint8Array }[]): Promise<void> {
    const head = packHead(objects);
    const name = `${randomUUID()}${extension}`;
    const file = path.join(this.#folder, name);
    await this.#files.write(file, [Buffer.concat([head, ...objects.map(({ bytes }) => bytes)])]);
    this.#read.add(name);
    this.#writtenAt.set(name, Date.now());
    let start = head.length;
    for (const { key, bytes } of objects) {
      this.#objects.set(key, { file, start, length: bytes.length });
      start += bytes.length;
    }
  }

  /** Looks in other packs for an object that is damaged in this one. If it is in no other pack, it counts as lost. */
  async findElsewhere(key: string, { file }: PackedObject): Promise<PackedObject | undefined> {
    const name = path.basename(file);
    if (await this.#isThere(name)) {
      this.#objects.delete(key);
      this.#note(name, "Some of its bytes were overwritten.", [key]);
    } else this.#drop(name);
    this.#read.clear();
    return this.find(key);
  }

  /** Reads every pack and returns the current damage, without files that were moved away since. */
  async findDamage(): Promise<readonly DamagedFile[]> {
    await this.#readNew();
    const found: DamagedFile[] = [];
    for (const [name, { problem, lost }] of this.#damage) {
      if (await this.#isThere(name))
        found.push({ file: path.join("packs", name), problem, lost: [...lost].filter((key) => !this.#objects.has(key)) });
      else this.#drop(name);
    }
    return found;
  }

  /** Copies the intact objects of a damaged pack to a new pack. Does nothing for other files. */
  async copyIntact(file: string): Promise<void> {
    const whole = path.join(this.#folder, path.basename(file));
    if (!this.#damage.has(path.basename(file))) return;
    const kept = [...this.#objects].filter(([, packed]) => packed.file === whole);
    const objects: { key: string; bytes: Uint8Array }[] = [];
    for (const [key, packed] of kept) {
      const bytes = await readPacked(key, packed);
      if (bytes !== null) objects.push({ key, bytes });
      this.#objects.delete(key);
    }
    if (objects.length > 0) await this.add(objects);
  }

  #isThere(name: string): Promise<boolean> {
    return access(path.join(this.#folder, name)).then(
      () => true,
      () => false,
    );
  }

  /** Forgets a pack that was moved away, and the locations of its objects. */
  #drop(name: string): void {
    this.#damage.delete(name);
    this.#writtenAt.delete(name);
    const file = path.join(this.#folder, name);
    for (const [key, packed] of this.#objects) if (packed.file === file) this.#objects.delete(key);
  }

  /** Calls during a read share the next read, which starts after them. */
  #readNew(): Promise<void> {
    this.#nextReading ??= this.#reading
      // Its own callers have its error.
      .catch(() => undefined)
      .then(() => {
        this.#nextReading = null;
        this.#reading = this.#readOnce();
        return this.#reading;
      });
    return this.#nextReading;
  }

  async #names(): Promise<readonly string[]> {
    const names = await readdir(this.#folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return [];
      throw error;
    });
    return names.filter((name) => name.endsWith(extension));
  }

  async #readOnce(): Promise<void> {
    for (const name of await this.#names())
      if (!this.#read.has(name))
        try {
          const file = path.join(this.#folder, name);
          const { objects, damage } = await readPack(file);
          this.#writtenAt.set(name, (await stat(file)).mtimeMs);
          this.#read.add(name);
          if (damage !== null) this.#note(name, damage.problem, damage.lost);
          // It was unreadable before.
          else if (this.#damage.get(name)?.lost.size === 0) this.#damage.delete(name);
          const lost = this.#damage.get(name)?.lost;
          for (const [key, packed] of objects)
            if (lost?.has(key) !== true && !this.#isStoredLater(key, name)) this.#objects.set(key, packed);
        } catch (error) {
          const { code } = error as NodeJS.ErrnoException;
          // Either moved away meanwhile, or noted and tried again next time.
          if (code === undefined || (code !== "ENOENT" && !unreadable.has(code))) throw error;
          if (code !== "ENOENT") this.#note(name, `It cannot be read (${code}).`, []);
        }
  }

  #note(name: string, problem: string, lost: readonly string[]): void {
    const noted = this.#damage.get(name) ?? { problem, lost: new Set<string>() };
    for (const key of lost) noted.lost.add(key);
    this.#damage.set(name, noted);
  }
}
