/** The rows of a run's perturbations in a file, and the query that loads them. */
import type { CsvValue } from "../marks/csv.ts";
import type { PerturbationRow } from "./results.ts";

const fields = [
  "bound",
  "success",
  "linf",
  "l2",
  "l0",
  "steps",
  "originalLabel",
  "originalConfidence",
  "storedLabel",
  "storedConfidence",
  "storedOriginalConfidence",
] as const;

/** The searched class is the target or, without one, the original's class. */
export const perturbationColumns: readonly string[] = [...fields, "searchedLabel", "searchConfidence", "storedSearchedConfidence"];

export function perturbationCells(row: Pick<PerturbationRow, (typeof fields)[number] | "searchedClass">): readonly CsvValue[] {
  const { label, search, stored } = row.searchedClass;
  return [...fields.map((field) => (field === "success" ? (row.success ? "yes" : "no") : (row[field] ?? null))), label, search, stored];
}

export function perturbationsQuery(runId: string): string {
  return `query {\n  node(id: ${JSON.stringify(runId)}) {\n    ... on PerturbationRun {\n      key norm\n      perturbations(first: 100) {\n        nodes { ${fields.join(" ")} searchedClass { class label search stored } image { url } original { url } }\n      }\n    }\n  }\n}`;
}
