/** Restoring a workspace of thousands of runs takes thousands of statements, so none may name all runs. */
import { joined } from "@pareidolia/persistence/files/restoring/restoredRows";
import { expect, it } from "vitest";

const ids = Array.from({ length: 25_000 }, (_, number) => `id-${number}`);

it("a statement has the new IDs of the rows that its own rows name, each once", () => {
  const rows = [{ run: 7 }, { run: 24_999 }, { run: 7 }];
  expect(joined("n", { ids, rows, column: "run" }).values).toEqual([
    [7, 24_999],
    ["id-7", "id-24999"],
  ]);
});

it("a row that names none, or one that does not exist, has no new ID", () => {
  const rows = [{ forked_from: null }, { forked_from: 25_000 }, {}];
  expect(joined("f", { ids, rows, column: "forked_from" }, "LEFT JOIN").values).toEqual([[], []]);
});
