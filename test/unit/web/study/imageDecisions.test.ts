/** What norming rooms decided on an image, in the table of a study's images. */
import { expect, it } from "vitest";
import { decisionCells, decisionColumns, decisionText } from "../../../../apps/web/src/features/study/imageDecisions.ts";

const quilt = { label: 5, name: "quilt" };
const decided = {
  room: 1,
  outcome: "CLASS",
  choice: quilt,
  reason: "Two say so.",
  decidedAt: "2026-01-02T00:00:00Z",
  decidedBy: { id: "u", name: "Ada" },
} as const;

it("says the class, that people recognise nothing, or that the image stays disputed", () => {
  const texts = [decided, { outcome: "NOTHING", choice: null } as const, { outcome: "DISPUTED", choice: null } as const].map(decisionText);
  expect(texts).toEqual(["quilt", "nothing that people recognise", "stays disputed"]);
});

it("has a cell for each column: of the latest decision, by whichever room", () => {
  const later = {
    ...decided,
    room: 2,
    outcome: "DISPUTED",
    choice: null,
    reason: "Split.",
    decidedAt: "2026-01-03T00:00:00Z",
    decidedBy: null,
  } as const;
  expect(decisionColumns).toHaveLength(6);
  expect(decisionCells([decided])).toEqual(["CLASS", "quilt", "Two say so.", "Ada", "2026-01-02T00:00:00Z", 1]);
  for (const decisions of [
    [decided, later],
    [later, decided],
  ])
    expect(decisionCells(decisions)).toEqual(["DISPUTED", null, "Split.", null, "2026-01-03T00:00:00Z", 2]);
  expect(decisionCells([])).toEqual([null, null, null, null, null, null]);
});
