/** The sentences and links of notifications. */
import { describeHappening, notificationKinds, pathOfSubject } from "@pareidolia/core/notifications/notificationKinds";
import { expect, it } from "vitest";

it("each kind has a sentence of one line, also about a deleted subject by a deleted member", () => {
  for (const kind of notificationKinds) expect(describeHappening({ kind, subjectKey: null, by: null })).toMatch(/^[A-Z][^\n]+\.$/);
  expect(describeHappening({ kind: "RUN_CANCELLED", subjectKey: "RUN-1", by: null })).toBe("RUN-1 was cancelled.");
  expect(describeHappening({ kind: "ASSIGNED", subjectKey: "EXP-2", by: "Ada" })).toBe("Ada assigned EXP-2 to you.");
});

it("leads to the page of its subject, and without one to the webhooks", () => {
  expect(["RUN-1", "EXP-2", "SWP-3", "STU-4", null].map(pathOfSubject)).toEqual([
    "/runs/RUN-1",
    "/experiments/EXP-2",
    "/sweeps/SWP-3",
    "/studies/STU-4",
    "/settings/webhooks",
  ]);
});
