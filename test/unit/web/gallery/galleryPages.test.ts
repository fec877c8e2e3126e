/** The gallery's pages: what is remembered is shown at once, and gives way to what is read anew. */
import { expect, it } from "vitest";
import type { GalleryItem } from "../../../../apps/web/src/features/gallery/galleryItem.ts";
import { addPage, type GalleryList, nextCursor, restoreList } from "../../../../apps/web/src/features/gallery/galleryPages.ts";
import { formatTotal } from "../../../../apps/web/src/features/marks/numbers.ts";

const item = (id: string) => ({ id }) as GalleryItem;

/** A page of two out of a list. */
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

/** Reads as a page does, and tells what was shown after each answer. */
function read(list: GalleryList, stored: readonly string[], wanted: number, place = 0): { list: GalleryList; seen: string[] } {
  const seen: string[] = [];
  for (let now = list; ; ) {
    const after = nextCursor(now, wanted);
    if (after === undefined) return { list: now, seen };
    now = addPage(now, pageOf(stored, after), place);
    seen.push(shownIds(now).join(""));
  }
}

it("shows each page as it comes where nothing is remembered, and asks no further than is wanted", () => {
  const { list, seen } = read(
    restoreList(4, () => null),
    ["a", "b", "c", "d", "e", "f"],
    4,
  );
  expect(seen).toEqual(["ab", "abcd"]);
  expect(list.shown).toMatchObject({ total: 6, more: true, cursor: "d" });
  expect(read(list, ["a", "b", "c", "d", "e", "f"], 6).seen).toEqual(["abcdef"]);
});

it("shows what is remembered until all of that is read anew, with what was found since", () => {
  const remembered = ["a", "b", "c", "d"];
  const recalled = restoreList(4, (after) => pageOf(remembered, after));
  expect(shownIds(recalled)).toEqual(["a", "b", "c", "d"]);
  const { list, seen } = read(recalled, ["x", "a", "b", "c", "d"], 4);
  expect(seen).toEqual(["abcd", "xabc"]);
  expect(list.shown.total).toBe(5);
  expect(list.reloading).toBeNull();
});

it("reads on to what is in view, however much was found before it, and no further where that is gone", () => {
  const recalled = restoreList(4, (after) => pageOf(["a", "b", "c", "d"], after));
  const found = ["u", "v", "w", "x", "y", "z"];
  expect(read(recalled, [...found, "a", "b", "c", "d", "e", "f"], 4, 2).seen.at(-1)).toBe("uvwxyzabcd");
  expect(read(recalled, [...found, "a", "b", "d", "e", "f", "g", "h", "i"], 4, 2).seen.at(-1)).toBe("uvwxyzabdefghi");
  expect(read(recalled, [...found, "a", "b", "c", "d", "e", "f"], 4, 0).seen.at(-1)).toBe("uvwx");
});

it("gives up what is no longer there", () => {
  const recalled = restoreList(4, (after) => pageOf(["a", "b", "c", "d"], after));
  const { list } = read(recalled, ["b"], 4);
  expect(shownIds(list)).toEqual(["b"]);
  expect(list.shown).toMatchObject({ total: 1, more: false });
});

it("recalls no more than is wanted, nor past a page that is not remembered", () => {
  const remembered = ["a", "b", "c", "d", "e", "f"];
  expect(shownIds(restoreList(3, (after) => pageOf(remembered, after)))).toHaveLength(4);
  expect(shownIds(restoreList(6, (after) => (after === null ? pageOf(remembered, after) : null)))).toHaveLength(2);
});

it("asks for nothing after an answer that did not come, until somebody tries again", () => {
  const list = restoreList(2, () => null);
  expect(nextCursor(list, 2)).toBeNull();
  expect(nextCursor({ ...list, error: "The API did not answer." }, 2)).toBeUndefined();
});

it("scrolls past a capped count until the list ends", () => {
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

it("shows a capped total as at least so many", () => {
  expect([formatTotal(9_431, false), formatTotal(10_000, true)]).toEqual(["9,431", "10,000+"]);
});
