/** The table shows what each kind of run counts as reached, in its own unit and by its own criterion; so do its groups. */
import { runKinds } from "@pareidolia/core/runKinds/registry";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { groupCell, runCell } from "../../../../apps/web/src/features/runsTable/cells.tsx";
import { findColumn, type TableColumn } from "../../../../apps/web/src/features/runsTable/tableColumns.ts";
import type { TableGroupFragment, TableRunFragment } from "../../../../apps/web/src/graphql/generated/graphql.ts";

const column = findColumn("reached") as TableColumn;
const textOf = (cell: ReturnType<typeof runCell>) =>
  renderToStaticMarkup(createElement("td", null, cell))
    .replaceAll("</div>", "; ")
    .replaceAll(/<[^>]+>/g, "")
    .replaceAll(/\s+/g, " ")
    .trim();

const outcomes = runKinds.map(({ id: kind, label: kindLabel, outcome }) => ({ kind, kindLabel, ...outcome, reached: 2, total: 12 }));

it.each([
  ["evolution", "2 / 12 classes ≥ .9999"],
  ["ascent", "2 / 12 trajectories ≥ .9999"],
  ["perturbation", "2 / 12 attacks succeeded"],
  ["retraining", "2 / 12 networks trained and fooled ≥ .9999"],
  ["imported", "12 images not measured here"],
])("%s: %s", (kind, text) => {
  const run = { outcome: outcomes.find((outcome) => outcome.kind === kind) } as unknown as TableRunFragment;
  expect(textOf(runCell(run, column, () => null))).toBe(text);
});

it("a group with several kinds counts each by itself", () => {
  const group = { outcomes: outcomes.slice(0, 3), keys: [], measures: [] } as unknown as TableGroupFragment;
  expect(textOf(groupCell(group, column))).toBe("2 / 12 classes ≥ .9999; 2 / 12 trajectories ≥ .9999; 2 / 12 attacks succeeded;");
});

it("the heading of the column is not the criterion of one kind", () => {
  expect(column.label).toBe("Reached");
  for (const { outcome } of runKinds)
    if (outcome.isMeasured) expect(column.description).toContain(`${outcome.unit} ${outcome.reachedMeans}`);
});
