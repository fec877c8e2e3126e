import { describe, expect, it } from "vitest";
import {
  allEnded,
  imageAtStep,
  medianStep,
  mergeTrajectories,
  type TrajectoryRow,
} from "../../../../apps/web/src/features/ascent/trajectories.ts";

function image(name: string) {
  return { __typename: "Image" as const, id: name, url: `/images/${name}`, width: 28, height: 28 };
}

function trajectory(step: number, changes: Partial<TrajectoryRow> = {}): TrajectoryRow {
  return {
    id: "a",
    configuration: 0,
    class: 3,
    label: "3",
    start: 0,
    step,
    ended: false,
    searchConfidence: 0.99995,
    storedConfidence: 0.9999,
    image: image("last"),
    curve: [],
    milestones: [
      { level: 0.5, step: 8, searchConfidence: 0.52, storedConfidence: 0.51, image: image("half") },
      { level: 0.9, step: 16, searchConfidence: 0.92, storedConfidence: 0.91, image: image("nine") },
    ],
    ...changes,
  };
}

describe("the image shown for a trajectory", () => {
  it("is the last stored image at or before the step, with that image's own confidence", () => {
    const shown = imageAtStep(trajectory(40), 20);
    expect(shown.image.id).toBe("nine");
    expect([shown.imageStep, shown.storedConfidence, shown.searchConfidence]).toEqual([16, 0.91, 0.92]);
  });

  it("is the first stored image before the first step that stored one, and the last one at the end", () => {
    expect(imageAtStep(trajectory(40), 0).imageStep).toBe(8);
    expect(imageAtStep(trajectory(40), null).image.id).toBe("last");
    expect(imageAtStep(trajectory(40), 99).image.id).toBe("last");
  });
});

describe("merging trajectories", () => {
  it("keeps the most advanced version, in any order of arrival", () => {
    const late = mergeTrajectories(mergeTrajectories([], [trajectory(40)]), [trajectory(20)]);
    expect(late.map(({ step }) => step)).toEqual([40]);
    expect(mergeTrajectories(mergeTrajectories([], [trajectory(40, { ended: true })]), [trajectory(40)])[0]?.ended).toBe(true);
  });

  it("orders by class and start", () => {
    const rows = [trajectory(1, { id: "c", class: 4 }), trajectory(1, { id: "b", start: 1 }), trajectory(1)];
    expect(mergeTrajectories([], rows).map(({ id }) => id)).toEqual(["a", "b", "c"]);
  });
});

describe("the check that all trajectories ended", () => {
  const rows = (...ended: boolean[]) => ended.map((each, i) => trajectory(50, { id: String(i), ended: each }));

  it("uses the rows, not the state of their run", () => {
    expect(allEnded(rows(true, true), { complete: true, expected: 2 })).toBe(true);
    expect(allEnded(rows(true, false), { complete: true, expected: 2 })).toBe(false);
  });

  it("fails while rows are missing or without rows", () => {
    expect(allEnded(rows(true, true), { complete: true, expected: 3 })).toBe(false);
    expect(allEnded([], { complete: false, expected: 3 })).toBe(false);
  });

  it("covers only the loaded rows if there are more", () => {
    expect(allEnded(rows(true, true), { complete: false, expected: 60 })).toBe(true);
  });
});

describe("the median step of a level", () => {
  const at = (...steps: number[]) => steps.map((step, i) => trajectory(50, { id: String(i), milestones: [{ ...reached, step }] }));
  const reached = { level: 0.9, searchConfidence: 0.9, storedConfidence: 0.9, image: image("nine") };

  it("is the middle step or the mean of the middle two, as in the ranking", () => {
    expect(medianStep(at(30, 10, 20), 0.9)).toEqual({ reached: 3, step: 20 });
    expect(medianStep(at(30, 10, 20, 23), 0.9)).toEqual({ reached: 4, step: 21.5 });
  });

  it("is null if no trajectory reached the level", () => {
    expect(medianStep(at(30), 0.99)).toEqual({ reached: 0, step: null });
  });
});
