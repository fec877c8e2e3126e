/** Unsaved texts in the browser: they survive a new page, belong to one user and workspace, and go with age and sign-out. */
import { describe, expect, it } from "vitest";
import {
  countDraftsOf,
  createDraftStore,
  type DraftStorage,
  draftKey,
  removeDraftsOf,
} from "../../../../apps/web/src/features/drafts/draftStore.ts";

/** @param room how many characters its values may have in all */
function memoryStorage(room = Number.POSITIVE_INFINITY): DraftStorage & { readonly values: Map<string, string> } {
  const values = new Map<string, string>();
  return {
    values,
    get length() {
      return values.size;
    },
    key: (index) => [...values.keys()][index] ?? null,
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => {
      if (value.length > room) throw new DOMException("full", "QuotaExceededError");
      values.set(key, value);
    },
    removeItem: (key) => void values.delete(key),
  };
}

const ada = { userId: "ada", workspaceId: "lab" };
const notes = draftKey(ada, "notes run-1");
const draft = { text: "Every class", base: "None yet" };
const day = 24 * 3_600_000;

describe("the store of drafts", () => {
  it("finds a draft with its base on a new page", () => {
    const storage = memoryStorage();
    createDraftStore(storage, () => 0).put(notes, draft);
    expect(createDraftStore(storage, () => day).find(notes)).toMatchObject(draft);
  });

  it("keeps users, workspaces and objects apart", () => {
    const store = createDraftStore(memoryStorage(), () => 0);
    store.put(notes, draft);
    const others = [
      draftKey({ ...ada, userId: "bob" }, "notes run-1"),
      draftKey({ ...ada, workspaceId: "office" }, "notes run-1"),
      draftKey(ada, "notes run-2"),
      draftKey(ada, "comment run-1"),
    ];
    expect(others.map((key) => store.find(key))).toEqual([null, null, null, null]);
  });

  it("finds a removed draft no more", () => {
    const storage = memoryStorage();
    const store = createDraftStore(storage, () => 0);
    store.put(notes, draft);
    store.remove(notes);
    expect(store.find(notes)).toBeNull();
    expect(createDraftStore(storage, () => 0).find(notes)).toBeNull();
  });

  it("removes drafts after 30 days, and values that are none, and nothing else", () => {
    const storage = memoryStorage();
    storage.setItem("pareidolia.introductionHidden", "1");
    storage.setItem(draftKey(ada, "notes run-2"), "{");
    createDraftStore(storage, () => 0).put(notes, draft);
    createDraftStore(storage, () => 30 * day);
    expect([...storage.values.keys()]).toEqual(["pareidolia.introductionHidden", notes]);
    createDraftStore(storage, () => 30 * day + 1);
    expect([...storage.values.keys()]).toEqual(["pareidolia.introductionHidden"]);
  });

  it("holds a draft in memory if the browser forbids storage or has no room, and then leaves no older text behind", () => {
    const forbidden = createDraftStore(null, () => 0);
    forbidden.put(notes, draft);
    expect(forbidden.find(notes)).toEqual(draft);
    const storage = memoryStorage(100);
    const store = createDraftStore(storage, () => 0);
    store.put(notes, draft);
    store.put(notes, { ...draft, text: "x".repeat(100) });
    expect(store.find(notes)?.text).toBe("x".repeat(100));
    expect(storage.values.size).toBe(0);
  });

  it("counts and deletes one user's drafts in every workspace, and leaves those of others", () => {
    const storage = memoryStorage();
    const store = createDraftStore(storage, () => 0);
    const kept = draftKey({ userId: "ada-2", workspaceId: "lab" }, "notes run-1");
    for (const key of [notes, draftKey({ ...ada, workspaceId: "office" }, "comment run-9"), kept]) store.put(key, draft);
    expect(countDraftsOf(storage, "ada")).toBe(2);
    removeDraftsOf(storage, "ada");
    expect(countDraftsOf(storage, "ada")).toBe(0);
    expect([...storage.values.keys()]).toEqual([kept]);
  });
});
