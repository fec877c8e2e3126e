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
    confidence: 0.99995,
    storedConfidence: 0.9999,
    image: image("last"),
    curve: [],
    milestones: [
      { level: 0.5, step: 8, confidence: 0.52, storedConfidence: 0.51, image: image("half") },
      { level: 0.9, step: 16, confidence: 0.92, storedConfidence: 0.91, image: image("nine") },
    ],
    ...changes,
  };
}

describe("what a trajectory shows", () => {
  it("is the last stored image at or before the step, with that image's own confidence", () => {
    const shown = imageAtStep(trajectory(40), 20);
    expect(shown.image.id).toBe("nine");
    expect([shown.imageStep, shown.storedConfidence, shown.confidence]).toEqual([16, 0.91, 0.92]);
  });

  it("is the first stored image before any was stored, and the last one at the end", () => {
    expect(imageAtStep(trajectory(40), 0).imageStep).toBe(8);
    expect(imageAtStep(trajectory(40), null).image.id).toBe("last");
    expect(imageAtStep(trajectory(40), 99).image.id).toBe("last");
  });
});

describe("folding trajectories", () => {
  it("keeps what is further on, whichever order the news arrive in", () => {
    const late = mergeTrajectories(mergeTrajectories([], [trajectory(40)]), [trajectory(20)]);
    expect(late.map(({ step }) => step)).toEqual([40]);
    expect(mergeTrajectories(mergeTrajectories([], [trajectory(40, { ended: true })]), [trajectory(40)])[0]?.ended).toBe(true);
  });

  it("orders by class and start", () => {
    const rows = [trajectory(1, { id: "c", class: 4 }), trajectory(1, { id: "b", start: 1 }), trajectory(1)];
    expect(mergeTrajectories([], rows).map(({ id }) => id)).toEqual(["a", "b", "c"]);
  });
});

describe("whether all ended", () => {
  const rows = (...ended: boolean[]) => ended.map((each, i) => trajectory(50, { id: String(i), ended: each }));

  it("goes by the rows themselves, not by their run", () => {
    expect(allEnded(rows(true, true), { complete: true, expected: 2 })).toBe(true);
    expect(allEnded(rows(true, false), { complete: true, expected: 2 })).toBe(false);
  });

  it("is not so while others are to come, nor of no row at all", () => {
    expect(allEnded(rows(true, true), { complete: true, expected: 3 })).toBe(false);
    expect(allEnded([], { complete: false, expected: 3 })).toBe(false);
  });

  it("speaks of those that are loaded where there are more", () => {
    expect(allEnded(rows(true, true), { complete: false, expected: 60 })).toBe(true);
  });
});

describe("the median step of a level", () => {
  const at = (...steps: number[]) => steps.map((step, i) => trajectory(50, { id: String(i), milestones: [{ ...reached, step }] }));
  const reached = { level: 0.9, confidence: 0.9, storedConfidence: 0.9, image: image("nine") };

  it("is the middle one, or halfway between the two in the middle, as the ranking counts it", () => {
    expect(medianStep(at(30, 10, 20), 0.9)).toEqual({ reached: 3, step: 20 });
    expect(medianStep(at(30, 10, 20, 23), 0.9)).toEqual({ reached: 4, step: 21.5 });
  });

  it("is none where nothing reached it", () => {
    expect(medianStep(at(30), 0.99)).toEqual({ reached: 0, step: null });
  });
});
