/** The positions of a large archive's tiles, and which are visible, under the pointer or found. */
import { describe, expect, it } from "vitest";
import {
  clampView,
  layOut,
  panBy,
  positionOf,
  reveal,
  tileAt,
  visibleTiles,
  wholeView,
  zoomAt,
} from "../../../../apps/web/src/features/archiveCanvas/canvasLayout.ts";
import { findNotches, listGroups, matchesSearch, orderNiches } from "../../../../apps/web/src/features/archiveCanvas/niches.ts";
import { shows } from "../../../../apps/web/src/features/archiveCanvas/useContactSheet.ts";

const grid = layOut(1000, 880);

describe("the canvas of a large archive", () => {
  it("arranges 1,000 tiles in 40 columns of 25, all visible at first", () => {
    expect([grid.columns, grid.rows]).toEqual([40, 25]);
    expect(visibleTiles(grid, wholeView)).toHaveLength(1000);
  });

  it("has fewer columns if space is limited, with tiles of whole pixels", () => {
    const narrow = layOut(1000, 358);
    expect(narrow.columns).toBeLessThan(40);
    expect(narrow.cell).toBeGreaterThanOrEqual(14);
    for (const { cell, cellHeight, width } of [narrow, layOut(1000, 847)])
      expect([cell, cellHeight, width].every(Number.isInteger)).toBe(true);
    expect(narrow.width).toBeLessThanOrEqual(358);
  });

  it("finds every tile at its centre, at any zoom", () => {
    for (const view of [wholeView, clampView({ zoom: 5, x: 301, y: 77 }, grid)]) {
      for (const index of visibleTiles(grid, view)) {
        const place = positionOf(index, grid, view);
        expect(tileAt(place.left + place.width / 2, place.top + place.height / 2, grid, view)).toBe(index);
      }
    }
  });

  it("finds nothing in the empty part of the last row", () => {
    const ragged = layOut(65, 880);
    const place = positionOf(65, ragged, wholeView);
    expect(tileAt(place.left + 1, place.top + 1, ragged, wholeView)).toBeNull();
  });

  it("zooms around the pointer", () => {
    const before = clampView({ zoom: 2, x: 100, y: 100 }, grid);
    const after = zoomAt(before, grid, 2, 300, 200);
    expect(after.zoom).toBe(4);
    expect(300 / after.zoom + after.x).toBeCloseTo(300 / before.zoom + before.x, 9);
    expect(200 / after.zoom + after.y).toBeCloseTo(200 / before.zoom + before.y, 9);
  });

  it("does not pan beyond the archive, nor zoom out further than the whole archive", () => {
    expect(zoomAt(wholeView, grid, 0.5, 10, 10)).toEqual(wholeView);
    const far = panBy(clampView({ zoom: 4, x: 0, y: 0 }, grid), grid, 1e6, 1e6);
    expect(far.x).toBeCloseTo(grid.width * 0.75, 9);
    expect(far.y).toBeCloseTo(grid.height * 0.75, 9);
  });

  it("pans just far enough to show a whole tile", () => {
    const view = reveal(999, grid, clampView({ zoom: 4, x: 0, y: 0 }, grid));
    const place = positionOf(999, grid, view);
    expect(place.left + place.width).toBeCloseTo(grid.width, 6);
    expect(place.top + place.height).toBeCloseTo(grid.height, 6);
    expect(reveal(999, grid, view)).toEqual(view);
  });
});

describe("the niches of a large archive", () => {
  const labels = ["maze", "Persian cat", "accordion"];
  const elite = (niche: number, storedConfidence: number) => ({
    id: `e${niche}`,
    niche,
    label: labels[niche] ?? "",
    generation: 1,
    storedConfidence,
    image: { id: `i${niche}`, url: `/images/${niche}.png`, width: 256, height: 256 },
  });
  const elites = [elite(0, 0.4), elite(2, 0.9)];

  it("are sorted by confidence with empty niches last, or by class", () => {
    expect(orderNiches(labels, elites, "confidence").map(({ niche }) => niche)).toEqual([2, 0, 1]);
    expect(orderNiches(labels, elites, "class").map(({ niche }) => niche)).toEqual([0, 1, 2]);
  });

  it("have a notch for each reached milestone, before the first tile below it", () => {
    expect(findNotches(orderNiches(labels, [elite(0, 0.4), elite(1, 0.9991), elite(2, 0.95)], "confidence"))).toEqual([
      { confidence: 0.999, position: 1 },
      { confidence: 0.99, position: 1 },
      { confidence: 0.9, position: 2 },
    ]);
  });

  it("are found by a part of the label, ignoring case, and by the exact number", () => {
    const found = (search: string) =>
      orderNiches(labels, elites, "class")
        .filter((niche) => matchesSearch(niche, search))
        .map(({ niche }) => niche);
    expect(found("CAT")).toEqual([1]);
    expect(found("2")).toEqual([2]);
    expect(found(" ")).toEqual([0, 1, 2]);
  });
});

describe("the groups of ImageNet's classes", () => {
  const labels = Array.from({ length: 1000 }, (_, niche) => `class ${niche}`);
  for (const [niche, label] of [
    [0, "tench, Tinca tinca"],
    [151, "Chihuahua"],
    [402, "acoustic guitar"],
    [537, "dogsled, dog sled, dog sleigh"],
    [999, "toilet tissue, toilet paper, bathroom tissue"],
  ] as const)
    labels[niche] = label;

  it("contain each class once, with 118 dogs and 59 birds", () => {
    const groups = listGroups(labels);
    expect(groups.reduce((sum, { size }) => sum + size, 0)).toBe(1000);
    expect(groups).toContainEqual({ name: "dogs", size: 118 });
    expect(groups).toContainEqual({ name: "birds", size: 59 });
    expect(new Set(groups.map(({ name }) => name)).size).toBe(groups.length);
  });

  it("are contiguous if the archive is sorted by group, and are found by name", () => {
    const niches = orderNiches(labels, [], "group");
    const changes = niches.filter(({ group }, i) => group !== niches[i - 1]?.group).length;
    expect(changes).toBe(listGroups(labels).length);
    expect(niches.filter((niche) => matchesSearch(niche, "dogs"))).toHaveLength(118);
    expect(niches.filter((niche) => matchesSearch(niche, "instr")).map(({ label }) => label)).toContain("acoustic guitar");
  });

  it("do not exist for other classes", () => {
    expect(listGroups(["0", "1"])).toEqual([]);
    expect(listGroups(labels.toReversed())).toEqual([]);
  });
});

describe("a contact sheet", () => {
  const of = (generation: number) => ({ runId: "r", generation, side: 32, image: {} as ImageBitmap }) as const;
  const found = (generation: number) => ({ generation }) as Parameters<typeof shows>[1];

  it("shows the elites that were in the archive when it was drawn and still are", () => {
    expect(shows(of(20), found(12), 20)).toBe(true);
    expect(shows(of(20), found(12), 25)).toBe(true);
    expect(shows(of(20), found(21), 25)).toBe(false);
    expect(shows(of(20), found(3), 5)).toBe(false);
    expect(shows(null, found(3), 5)).toBe(false);
  });
});
