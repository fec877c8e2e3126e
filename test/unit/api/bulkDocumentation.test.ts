/** The limits in docs/bulk.md are those of the code. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { mostNestedLevels, mostNestedLists } from "@pareidolia/api/bulkQuery/bulkPlan";
import { computationCost } from "@pareidolia/api/limits/costs";
import { largestPageSize } from "@pareidolia/api/pagination/pageSizes";
import { mostActiveBulkQueries } from "@pareidolia/persistence/bulkQueries/writeBulkQueries";
import { expect, it } from "vitest";

const guide = readFileSync(path.resolve(import.meta.dirname, "../../../docs/bulk.md"), "utf8");

it.each([
  `| ${mostActiveBulkQueries} bulk queries |`,
  `at most ${mostNestedLists} lists, nested at most ${mostNestedLevels} levels`,
  `up to ${largestPageSize} rows`,
  `costs ${computationCost.toLocaleString("en")}`,
])("says: %s", (text) => {
  expect(guide).toContain(text);
});
