/** Where the tiles of a large archive lie, and which are seen, pointed at and found. */
import { describe, expect, it } from "vitest";
import {
  clampView,
  layOut,
  panBy,
  placeOf,
  reveal,
  seenTiles,
  tileAt,
  wholeView,
  zoomAt,
} from "../../../../apps/web/src/features/archiveCanvas/canvasLayout.ts";
import { meets, orderNiches } from "../../../../apps/web/src/features/archiveCanvas/niches.ts";

const grid = layOut(1000, 880);

describe("the canvas of a large archive", () => {
  it("lays 1,000 tiles out as 40 columns of 25 and shows them all at first", () => {
    expect([grid.columns, grid.rows]).toEqual([40, 25]);
    expect(seenTiles(grid, wholeView)).toHaveLength(1000);
  });

  it("finds under the middle of every tile that tile, at any zoom", () => {
    for (const view of [wholeView, clampView({ zoom: 5, x: 301, y: 77 }, grid)]) {
      for (const index of seenTiles(grid, view)) {
        const place = placeOf(index, grid, view);
        expect(tileAt(place.left + place.width / 2, place.top + place.height / 2, grid, view)).toBe(index);
      }
    }
  });

  it("finds nothing where the last row has no tile", () => {
    const ragged = layOut(65, 880);
    const place = placeOf(65, ragged, wholeView);
    expect(tileAt(place.left + 1, place.top + 1, ragged, wholeView)).toBeNull();
  });

  it("keeps what lies under the pointer there while it zooms", () => {
    const before = clampView({ zoom: 2, x: 100, y: 100 }, grid);
    const after = zoomAt(before, grid, 2, 300, 200);
    expect(after.zoom).toBe(4);
    expect(300 / after.zoom + after.x).toBeCloseTo(300 / before.zoom + before.x, 9);
    expect(200 / after.zoom + after.y).toBeCloseTo(200 / before.zoom + before.y, 9);
  });

  it("never leaves the archive, nor shows it smaller than whole", () => {
    expect(zoomAt(wholeView, grid, 0.5, 10, 10)).toEqual(wholeView);
    const far = panBy(clampView({ zoom: 4, x: 0, y: 0 }, grid), grid, 1e6, 1e6);
    expect(far.x).toBeCloseTo(grid.width * 0.75, 9);
    expect(far.y).toBeCloseTo(grid.height * 0.75, 9);
  });

  it("moves just far enough to show a whole tile", () => {
    const view = reveal(999, grid, clampView({ zoom: 4, x: 0, y: 0 }, grid));
    const place = placeOf(999, grid, view);
    expect(place.left + place.width).toBeCloseTo(grid.width, 6);
    expect(place.top + place.height).toBeCloseTo(grid.height, 6);
    expect(reveal(999, grid, view)).toEqual(view);
  });
});

describe("the niches of a large archive", () => {
  const labels = ["maze", "Persian cat", "accordion"];
  const elite = (niche: number, storedFitness: number) => ({
    id: `e${niche}`,
    niche,
    label: labels[niche] ?? "",
    generation: 1,
    storedFitness,
    image: { id: `i${niche}`, url: `/images/${niche}.png`, width: 256, height: 256 },
  });
  const elites = [elite(0, 0.4), elite(2, 0.9)];

  it("stand strongest first with the empty ones last, or in the order of classes", () => {
    expect(orderNiches(labels, elites, "confidence").map(({ niche }) => niche)).toEqual([2, 0, 1]);
    expect(orderNiches(labels, elites, "class").map(({ niche }) => niche)).toEqual([0, 1, 2]);
  });

  it("are found by part of a label in any case, and by their exact number", () => {
    const found = (search: string) =>
      orderNiches(labels, elites, "class")
        .filter((niche) => meets(niche, search))
        .map(({ niche }) => niche);
    expect(found("CAT")).toEqual([1]);
    expect(found("2")).toEqual([2]);
    expect(found(" ")).toEqual([0, 1, 2]);
  });
});
