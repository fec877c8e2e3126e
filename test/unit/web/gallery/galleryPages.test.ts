/** The gallery's pages: cached items are shown at once, and replaced when they are reloaded. */
import { expect, it } from "vitest";
import type { GalleryItem } from "../../../../apps/web/src/features/gallery/galleryItem.ts";
import { addPage, type GalleryList, nextCursor, restoreList } from "../../../../apps/web/src/features/gallery/galleryPages.ts";
import { formatTotal } from "../../../../apps/web/src/features/marks/numbers.ts";

const item = (id: string) => ({ id }) as GalleryItem;

/** A page of two items of a list. */
function pageOf(list: readonly string[], after: string | null) {
  const from = after === null ? 0 : list.indexOf(after) + 1;
  const nodes = list.slice(from, from + 2);
  return {
    nodes: nodes.map(item),
    totalCount: list.length,
    totalCountIsCapped: false,
    pageInfo: { hasNextPage: from + 2 < list.length, endCursor: nodes.at(-1) ?? null },
  };
}

const shownIds = ({ shown }: GalleryList) => shown.items.map(({ id }) => id);

/** Loads like the page, and returns the items shown after each response. */
function read(list: GalleryList, stored: readonly string[], needed: number, place = 0): { list: GalleryList; seen: string[] } {
  const seen: string[] = [];
  for (let now = list; ; ) {
    const after = nextCursor(now, needed);
    if (after === undefined) return { list: now, seen };
    now = addPage(now, pageOf(stored, after), place);
    seen.push(shownIds(now).join(""));
  }
}

it("the gallery shows each page as it loads without a cache, and loads no more than needed", () => {
  const { list, seen } = read(
    restoreList(4, () => null),
    ["a", "b", "c", "d", "e", "f"],
    4,
  );
  expect(seen).toEqual(["ab", "abcd"]);
  expect(list.shown).toMatchObject({ total: 6, more: true, cursor: "d" });
  expect(read(list, ["a", "b", "c", "d", "e", "f"], 6).seen).toEqual(["abcdef"]);
});

it("the gallery shows cached items until all of them are reloaded together with new ones", () => {
  const remembered = ["a", "b", "c", "d"];
  const recalled = restoreList(4, (after) => pageOf(remembered, after));
  expect(shownIds(recalled)).toEqual(["a", "b", "c", "d"]);
  const { list, seen } = read(recalled, ["x", "a", "b", "c", "d"], 4);
  expect(seen).toEqual(["abcd", "xabc"]);
  expect(list.shown.total).toBe(5);
  expect(list.reloading).toBeNull();
});

it("the gallery reloads up to the item in view, even behind many new items, and stops at the end if it is gone", () => {
  const recalled = restoreList(4, (after) => pageOf(["a", "b", "c", "d"], after));
  const found = ["u", "v", "w", "x", "y", "z"];
  expect(read(recalled, [...found, "a", "b", "c", "d", "e", "f"], 4, 2).seen.at(-1)).toBe("uvwxyzabcd");
  expect(read(recalled, [...found, "a", "b", "d", "e", "f", "g", "h", "i"], 4, 2).seen.at(-1)).toBe("uvwxyzabdefghi");
  expect(read(recalled, [...found, "a", "b", "c", "d", "e", "f"], 4, 0).seen.at(-1)).toBe("uvwx");
});

it("the gallery drops items that no longer exist", () => {
  const recalled = restoreList(4, (after) => pageOf(["a", "b", "c", "d"], after));
  const { list } = read(recalled, ["b"], 4);
  expect(shownIds(list)).toEqual(["b"]);
  expect(list.shown).toMatchObject({ total: 1, more: false });
});

it("the gallery restores no more items than needed, and stops at the first uncached page", () => {
  const remembered = ["a", "b", "c", "d", "e", "f"];
  expect(shownIds(restoreList(3, (after) => pageOf(remembered, after)))).toHaveLength(4);
  expect(shownIds(restoreList(6, (after) => (after === null ? pageOf(remembered, after) : null)))).toHaveLength(2);
});

it("the gallery loads nothing after a failed request until the user retries", () => {
  const list = restoreList(2, () => null);
  expect(nextCursor(list, 2)).toBeNull();
  expect(nextCursor({ ...list, error: "The API did not answer." }, 2)).toBeUndefined();
});

it("the gallery scrolls past a capped count until the list ends", () => {
  const stored = ["a", "b", "c", "d", "e"];
  const capped = (after: string | null) => ({ ...pageOf(stored, after), totalCount: 3, totalCountIsCapped: true });
  const totals: string[] = [];
  let list = restoreList(9, () => null);
  for (let after = nextCursor(list, 9); after !== undefined; after = nextCursor(list, 9)) {
    list = addPage(list, capped(after), 0);
    const { total, totalIsCapped } = list.shown;
    totals.push(formatTotal(total ?? 0, totalIsCapped));
  }
  expect(totals).toEqual(["3+", "5+", "5"]);
  expect(shownIds(list)).toEqual(stored);
});

it("the gallery shows a capped total with a plus sign", () => {
  expect([formatTotal(9_431, false), formatTotal(10_000, true)]).toEqual(["9,431", "10,000+"]);
});
