/** The limits in docs/bulk.md are those of the code. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { maxNestedLevels, maxNestedLists } from "@pareidolia/api/bulkQuery/bulkPlan";
import { computationCost } from "@pareidolia/api/limits/costs";
import { maxPageSize } from "@pareidolia/api/pagination/pageSizes";
import { maxActiveBulkQueries } from "@pareidolia/persistence/files/bulkQueries/writeBulkQueries";
import { expect, it } from "vitest";

const guide = readFileSync(path.resolve(import.meta.dirname, "../../../docs/bulk.md"), "utf8");

it.each([
  `| ${maxActiveBulkQueries} bulk queries |`,
  `at most ${maxNestedLists} lists, nested at most ${maxNestedLevels} levels`,
  `up to ${maxPageSize} rows`,
  `costs ${computationCost.toLocaleString("en")}`,
])("says: %s", (text) => {
  expect(guide).toContain(text);
});
