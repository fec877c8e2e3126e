import { Findings } from "@pareidolia/workers/figures/finding";
import { expect, it } from "vitest";

it("findings that two checks make of one value are counted and listed once", () => {
  const findings = new Findings();
  const finding = { column: "links.test_error", place: "DNN_2 of RUN-3", stored: 0.5, computed: 0.25 };
  for (const found of [finding, { ...finding }, { ...finding, place: "DNN_3 of RUN-3" }]) findings.report(found);
  expect([findings.count, findings.first.map(({ place }) => place)]).toEqual([2, ["DNN_2 of RUN-3", "DNN_3 of RUN-3"]]);
});
