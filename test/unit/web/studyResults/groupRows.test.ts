/** Groups of images beside a baseline: the sign of differences, and the correction for their number. */
import { describe, expect, it } from "vitest";
import { chosenElitesAddress } from "../../../../apps/web/src/features/gallery/galleryAddress.ts";
import { type Grouping, groupRows, nameOfGroup } from "../../../../apps/web/src/features/studyResults/groupRows.ts";

const figure = (estimate: number) => ({
  defined: true as const,
  estimate,
  low: estimate - 0.1,
  high: estimate + 0.1,
  n: 40,
  over: "votersAndImages" as const,
});
const group = (name: string, share: number) => ({
  name,
  from: null,
  to: null,
  images: 4,
  judged: 4,
  voters: 10,
  votes: 40,
  share: figure(share),
  confidence: figure(0.9),
  most: [],
  least: [],
});
const difference = (estimate: number, p: number) => ({
  defined: true as const,
  difference: { estimate, low: estimate - 0.2, high: estimate + 0.3, n: 80, over: "votersAndImages" as const },
  p,
  effect: { estimate: 2 * estimate, low: 2 * estimate - 1, high: 2 * estimate + 2 },
});
const undefinedDifference = { defined: false as const, reason: "Too few images." };
const grouping: Grouping = {
  by: "source",
  without: 0,
  leftOut: { groups: 0, images: 0 },
  groups: [group("cppn", 0.7), group("direct", 0.2), group("ascent", 0.5)],
  pairs: [
    { first: 0, second: 1, share: difference(0.5, 0.01), confidence: undefinedDifference },
    { first: 0, second: 2, share: difference(0.2, 0.03), confidence: undefinedDifference },
    { first: 1, second: 2, share: difference(-0.3, 0.5), confidence: undefinedDifference },
  ],
};

describe("groups beside a baseline", () => {
  it("are differences of each group less the baseline, whatever the order in which pairs are stored", () => {
    const fromFirst = groupRows(grouping, "share", 0);
    expect(fromFirst[0]).toMatchObject({ name: "CPPN elite", difference: null, p: null });
    expect(fromFirst[1]?.difference).toMatchObject({
      difference: { estimate: -0.5, low: -0.8, high: -0.3, n: 80, over: "votersAndImages" },
      effect: { estimate: -1, low: -3, high: 0 },
    });
    const fromSecond = groupRows(grouping, "share", 1);
    expect(fromSecond[0]?.difference).toMatchObject({ difference: { estimate: 0.5 } });
    expect(fromSecond[2]?.difference).toMatchObject({ difference: { estimate: 0.3 } });
  });

  it("have p corrected for the comparisons with this baseline only", () => {
    expect(groupRows(grouping, "share", 0).map(({ p }) => p)).toEqual([null, 0.02, 0.03]);
    expect(groupRows(grouping, "share", 1).map(({ p }) => p)).toEqual([0.02, null, 0.5]);
  });

  it("have a reason where there is no difference, and the first group instead of an unknown baseline", () => {
    const rows = groupRows(grouping, "confidence", 17);
    expect(rows[0]?.difference).toBeNull();
    expect(rows[1]).toMatchObject({ difference: { defined: false, reason: "Too few images." }, p: null });
  });

  it("by generation are named by their first and last generation", () => {
    expect(nameOfGroup({ by: "generation" }, { name: "", from: 3, to: 40 })).toBe("3 – 40");
    expect(nameOfGroup({ by: "generation" }, { name: "", from: 3, to: 3 })).toBe("generation 3");
    expect(nameOfGroup({ by: "model" }, { name: "LeNet-5", from: null, to: null })).toBe("LeNet-5");
  });
});

it("selected elites have an address in the gallery, also those that no longer hold their niche", () => {
  expect(chosenElitesAddress(["a", "b"])).toBe("/gallery?ids=a,b");
});
