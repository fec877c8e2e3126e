/**
 * Unsent texts of notes, comments and forms, in this browser and apart for each user, workspace and object. They survive a reload, a crash,
 * a closed tab and the end of the session, until they are saved, discarded or 30 days old, or their user signs out and deletes them.
 */

export interface Draft {
  readonly text: string;
  /** The saved text that the draft changes; empty for a new one. */
  readonly base: string;
}

/** Whose drafts, and in which workspace. */
export interface DraftOwner {
  readonly userId: string;
  readonly workspaceId: string;
}

export type DraftStorage = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

interface StoredDraft extends Draft {
  /** Milliseconds since 1970. */
  readonly changedAt: number;
}

const prefix = "pareidolia.draft";
const keptMilliseconds = 30 * 24 * 3_600_000;

/** @param object the kind of text and the ID of its object, such as "notes UnVuOjE". */
export function draftKey({ userId, workspaceId }: DraftOwner, object: string): string {
  return `${prefix} ${userId} ${workspaceId} ${object}`;
}

function parse(text: string | null): StoredDraft | null {
  try {
    const value = JSON.parse(text ?? "null") as Partial<StoredDraft> | null;
    if (typeof value?.text !== "string" || typeof value.base !== "string" || typeof value.changedAt !== "number") return null;
    return { text: value.text, base: value.base, changedAt: value.changedAt };
  } catch {
    return null;
  }
}

function keysOf(storage: DraftStorage): string[] {
  return Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? "").filter((key) => key.startsWith(`${prefix} `));
}

function removeOld(storage: DraftStorage, now: number): void {
  for (const key of keysOf(storage)) {
    const draft = parse(storage.getItem(key));
    if (draft === null || now - draft.changedAt > keptMilliseconds) storage.removeItem(key);
  }
}

export interface DraftStore {
  find(key: string): Draft | null;
  put(key: string, draft: Draft): void;
  remove(key: string): void;
}

/** @param storage the browser's; null if it forbids storage, and drafts then last as long as the store. */
export function createDraftStore(storage: DraftStorage | null, now: () => number): DraftStore {
  if (storage !== null) removeOld(storage, now());
  /** Drafts that the storage has no room for. */
  const unstored = new Map<string, Draft>();
  return {
    find: (key) => unstored.get(key) ?? parse(storage?.getItem(key) ?? null),
    put(key, draft) {
      unstored.set(key, draft);
      if (storage === null) return;
      try {
        storage.setItem(key, JSON.stringify({ ...draft, changedAt: now() }));
        unstored.delete(key);
      } catch {
        // An older text must not return instead.
        storage.removeItem(key);
      }
    },
    remove(key) {
      unstored.delete(key);
      storage?.removeItem(key);
    },
  };
}

function keysOfUser(storage: DraftStorage, userId: string): string[] {
  return keysOf(storage).filter((key) => key.startsWith(`${prefix} ${userId} `));
}

/** In all workspaces. */
export function countDraftsOf(storage: DraftStorage, userId: string): number {
  return keysOfUser(storage, userId).length;
}

/** In all workspaces. */
export function removeDraftsOf(storage: DraftStorage, userId: string): void {
  for (const key of keysOfUser(storage, userId)) storage.removeItem(key);
}
