import { describe, expect, it } from "vitest";
import { agreementRows, agreementScale, formatAlpha, imagesOfRows } from "../../../../apps/web/src/features/norming/agreementRows.ts";
import { decisionChoices } from "../../../../apps/web/src/features/norming/decisionChoices.ts";
import { roomSteps } from "../../../../apps/web/src/features/norming/roomSteps.ts";

describe("the steps", () => {
  const image = { firstVotes: 3, memberVotes: 3, secondVotes: 0, commentCount: 0 };
  const progressOf = (state: Parameters<typeof roomSteps>[0]["state"], more: object = {}) =>
    roomSteps({ ...image, state, ...more }, 4).map(({ progress }) => progress);

  it("lead from the blind vote to the decision", () => {
    expect(progressOf("BLIND")).toEqual(["current", "waiting", "waiting", "waiting", "waiting"]);
    expect(progressOf("REVEALED")).toEqual(["done", "done", "current", "waiting", "waiting"]);
    expect(progressOf("VOTING_AGAIN", { secondVotes: 1 })).toEqual(["done", "done", "done", "current", "waiting"]);
    expect(progressOf("VOTING_AGAIN", { secondVotes: 3 })).toEqual(["done", "done", "done", "done", "current"]);
    expect(progressOf("DECIDED", { secondVotes: 3 })).toEqual(["done", "done", "done", "done", "done"]);
  });

  it("wait for no vote of a member who was removed", () => {
    const former = { firstVotes: 4, memberVotes: 3 };
    expect(roomSteps({ ...image, ...former, state: "BLIND" }, 3)[0]?.note).toBe("3 of 3 votes");
    expect(progressOf("VOTING_AGAIN", { ...former, secondVotes: 3 })[4]).toBe("current");
  });

  it("say that the second vote was left out, if the image was decided without it", () => {
    const steps = roomSteps({ ...image, state: "DECIDED", commentCount: 1 }, 4);
    expect(steps.map(({ note }) => note)).toEqual([
      "3 votes, each blind to the others",
      "votes, then the machine’s label",
      "1 comment",
      "left out",
      "decided",
    ]);
    expect(steps[3]?.progress).toBe("waiting");
  });
});

describe("the choices of an adjudicator", () => {
  const rows = [
    { label: 5, name: "quilt", blind: 2, again: 1 },
    { label: 4, name: "curtain", blind: 1, again: 2 },
    { label: 6, name: "zebra", blind: 1, again: 0 },
    { label: null, name: "nothing I recognise", blind: 1, again: 1 },
  ];

  it("are the classes with second votes, most first, nothing, and to leave it disputed", () => {
    expect(decisionChoices(rows).map(({ name, votes }) => [name, votes])).toEqual([
      ["curtain", 2],
      ["quilt", 1],
      ["nothing people recognise", 1],
      ["leave it disputed", null],
    ]);
    expect(decisionChoices(rows)[0]?.decision).toEqual({ outcome: "CLASS", label: 4 });
  });

  it("count blind votes before a second vote", () => {
    const blind = rows.slice(0, 3).map((row) => ({ ...row, again: 0 }));
    expect(decisionChoices(blind).map(({ name, votes }) => [name, votes])).toEqual([
      ["quilt", 2],
      ["curtain", 1],
      ["zebra", 1],
      ["nothing people recognise", 0],
      ["leave it disputed", null],
    ]);
  });
});

describe("the chart of agreement", () => {
  const of = (estimate: number | null, votes: number) => ({
    estimate,
    low: estimate,
    high: estimate,
    images: votes / 2,
    votes,
    reason: null,
  });

  it("shows the blind votes on the same images, where the second votes are on fewer", () => {
    const names = (blind: number, same: number, again: number) =>
      agreementRows({ blind: of(0.2, blind), blindOnSameImages: of(0.3, same), again: of(0.5, again) }).map(({ name }) => name);
    expect(names(8, 8, 8)).toEqual(["Blind", "Again"]);
    expect(names(8, 4, 4)).toEqual(["Blind", "Blind, same", "Again"]);
    expect(names(8, 0, 0)).toEqual(["Blind", "Again"]);
  });

  it("reaches from 0 to 1, and further down for negative values", () => {
    const scaleOf = (estimate: number) =>
      agreementScale(agreementRows({ blind: of(estimate, 8), blindOnSameImages: of(null, 0), again: of(null, 0) }));
    expect(scaleOf(0.3)).toEqual({ low: 0, ticks: [0, 0.25, 0.5, 0.75, 1] });
    expect(scaleOf(-0.1)).toEqual({ low: -0.25, ticks: [-0.25, 0, 0.25, 0.5, 0.75, 1] });
    expect(scaleOf(-1)).toEqual({ low: -1, ticks: [-1, -0.5, 0, 0.5, 1] });
  });

  it("writes alpha with two decimals and without the leading zero", () => {
    expect([0.29, 0.5, 1, 0, -0.083, -0.001].map(formatAlpha)).toEqual([".29", ".5", "1", "0", "−.08", "0"]);
  });
});

it("says in words on how many images members voted before and after the discussion", () => {
  const of = (images: number) => ({ estimate: null, low: null, high: null, images, votes: images * 2, reason: null });
  const textOf = (blind: number, same: number, again: number) =>
    imagesOfRows(agreementRows({ blind: of(blind), blindOnSameImages: of(same), again: of(again) }));
  expect(textOf(1, 0, 0)).toBe("blind votes on 1 image, second votes on no image yet");
  expect(textOf(8, 3, 3)).toBe("blind votes on 8 images, blind votes that have a second on 3 images, second votes on 3 images");
});
