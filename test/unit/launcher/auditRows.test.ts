import { notMeasured, printRows } from "@pareidolia/launcher/audit/rows";
import { expect, it } from "vitest";

it("a row that nothing measured is printed as such, and neither holds nor fails", () => {
  const lines: string[] = [];
  const measured = { bar: "0", detail: ["12 cells"] };
  const rows = [
    { row: "Z1", figure: 0, holds: true, ...measured },
    { row: "Z2", figure: 2, holds: false, ...measured },
    notMeasured("G4", "<= 10", "No test measures this row yet."),
  ];
  printRows(rows, (line) => lines.push(line));
  expect(lines).toEqual([
    "holds  Z1: 0 (bar: 0)",
    "       12 cells",
    "FAILS  Z2: 2 (bar: 0)",
    "       12 cells",
    "-----  G4: not measured (bar: <= 10)",
    "       No test measures this row yet.",
  ]);
});
