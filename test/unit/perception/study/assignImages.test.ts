/** Images are assigned evenly while voters join, and never beyond their places. */

import { resolveStoppingRule } from "@pareidolia/perception/stopping/registry";
import { assignImages, type ImageState } from "@pareidolia/perception/study/assignImages";
import { describe, expect, it } from "vitest";
import { studyDesign } from "../../../support/studyDesigns.ts";
import { studyPlan } from "../../../support/studyPlans.ts";

const size = 12;
const unchecked = { gold: [], noise: [], canaries: [], exemplars: [] };

function planOf(counted: number, overlap: number, votes = 1000) {
  const design = studyDesign(size, {}, unchecked);
  const rules = { stopping: resolveStoppingRule("fixedNumber", { votes }) };
  return { ...studyPlan({ ...design, perVoter: { ...design.perVoter, counted } }, rules), overlap };
}

const fresh = (): ImageState[] =>
  Array.from({ length: size }, (_, index) => ({ index, votes: 0, agreeing: 0, holders: 0, votesOfHolders: 0 }));
const held = (images: readonly ImageState[], items: readonly number[]): ImageState[] =>
  images.map((image) => (items.includes(image.index) ? { ...image, holders: image.holders + 1 } : image));

describe("the images of a voter", () => {
  it("keep the numbers of voters even: none has two more than another", () => {
    const plan = planOf(5, 100);
    let images = fresh();
    for (let voter = 0; voter < 60; voter++) {
      const assigned = assignImages(plan, images, voter);
      expect(assigned?.items).toHaveLength(5);
      images = held(images, assigned?.items ?? []);
      const holders = images.map((image) => image.holders);
      expect(Math.max(...holders) - Math.min(...holders)).toBeLessThanOrEqual(1);
    }
  });

  it("run out once each has its number of voters", () => {
    const plan = planOf(6, 2);
    let images = fresh();
    for (let voter = 0; voter < 4; voter++) images = held(images, assignImages(plan, images, voter)?.items ?? []);
    expect(images.every(({ holders }) => holders === 2)).toBe(true);
    expect(assignImages(plan, images, 4)).toBeNull();
  });

  it("leave out images whose stopping rule has stopped", () => {
    const images = fresh().map((image) => (image.index < 4 ? { ...image, votes: 10 } : image));
    expect(assignImages(planOf(size, 100, 10), images, 0)?.items).toEqual([4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it("begin with those that were assigned to the voter, as far as they have places", () => {
    const images = fresh().map((image) => ({ ...image, holders: image.index === 9 ? 3 : image.index === 2 ? 2 : 0 }));
    const assigned = assignImages(planOf(4, 3), images, 0, [2, 9, 11]);
    expect(assigned?.items).toEqual(expect.arrayContaining([2, 11]));
    expect(assigned?.items).not.toContain(9);
    expect(assigned?.items).toHaveLength(4);
  });

  it("are the same for the same voter and counts, and differ between voters", () => {
    const itemsOf = (voter: number) => assignImages(planOf(4, 100), fresh(), voter)?.items;
    expect(itemsOf(3)).toEqual(itemsOf(3));
    expect(new Set([0, 1, 2, 3, 4, 5].map((voter) => itemsOf(voter)?.join(" "))).size).toBeGreaterThan(1);
  });
});
