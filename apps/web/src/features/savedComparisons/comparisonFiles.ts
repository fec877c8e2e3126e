/** A saved comparison as files: Markdown to read, CSV with the figures of each entry, and JSON with every number. */

import { letterOf } from "../comparison/comparedRuns.ts";
import { outcomeColumns, outcomeRows } from "../comparison/outcomeRows.ts";
import { formatP, measureTexts } from "../comparison/TestTable.tsx";
import { valuesOfEntry } from "../comparison/valuesOfEntry.ts";
import type { CsvValue } from "../marks/csv.ts";
import { intervalCells, intervalColumns } from "../marks/intervalColumns.ts";
import type { SavedComparison } from "./savedComparison.ts";

export const figureColumns: readonly string[] = [
  "entry",
  "name",
  "runs",
  "generation",
  "median",
  ...intervalColumns(),
  "lower quartile",
  "upper quartile",
  "at or above .9999",
  "classes",
  "first median at .9999",
];

export function figureRows({ entries, figures, reach, generation }: SavedComparison): readonly (readonly CsvValue[])[] {
  return figures.map(({ median, lowerQuartile, upperQuartile, fooling, nicheCount }, entry) => [
    letterOf(entry),
    entries[entry]?.name ?? "",
    entries[entry]?.runs.map(({ key }) => key).join(" ") ?? "",
    generation,
    median?.mean ?? null,
    ...intervalCells(median, "other runs"),
    lowerQuartile ?? null,
    upperQuartile ?? null,
    fooling?.mean ?? null,
    nicheCount,
    reach[entry]?.median ?? null,
  ]);
}

/** Every field but what depends on the reader. */
export function comparisonJson({ __typename: _type, id: _id, mayEdit: _mayEdit, rows, ...rest }: SavedComparison): string {
  const shown = rows.map(({ class: index, label, images }) => ({
    class: index,
    label,
    images: images.map((image) => {
      if (image == null) return null;
      const { image: _image, resultId: _resultId, ...kept } = image;
      return kept;
    }),
  }));
  return `${JSON.stringify({ ...rest, rows: shown }, null, 2)}\n`;
}

/** A pipe would end a cell, and a line end the row. */
function cell(value: string): string {
  return value
    .replaceAll("\\", "\\\\")
    .replaceAll("|", "\\|")
    .replaceAll(/\s*\n\s*/g, " ");
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |`;
  return [line(columns), line(columns.map(() => "---")), ...rows.map(line)].join("\n");
}

const number = (value: CsvValue | undefined): string => (value == null ? "–" : String(value));

/** @param address The page of the comparison. */
export function comparisonMarkdown(saved: SavedComparison, address: string): string {
  const { title, key, notes, entries, createdAt, createdBy, generation, baseline, parameters, rows, outcomes } = saved;
  const letters = entries.map((_, entry) => letterOf(entry));
  const differing = parameters.filter(({ differs }) => differs);
  const tests = [
    [measureTexts.MEDIAN, saved.medianTests],
    [measureTexts.FOOLING, saved.foolingTests],
    [measureTexts.FIRST_REACHED, saved.firstReachedTests],
  ] as const;
  const testRows = tests.flatMap(([measure, { pairs }]) =>
    pairs.map((test) => [
      measure,
      `${letterOf(test.first)}, ${letterOf(test.second)}`,
      `${test.delta.toFixed(2)} (${test.deltaLow.toFixed(2)} to ${test.deltaHigh.toFixed(2)})`,
      formatP(test.adjustedP),
    ]),
  );
  const at = generation < 0 ? "No generation was stored." : `At generation ${generation}.`;
  const base = baseline == null ? "" : ` Baseline: ${letterOf(baseline)}.`;
  const parts = [
    `# ${title}`,
    `[${key}](${address}), saved ${String(createdAt)}${createdBy ? ` by ${createdBy.name}` : ""}. ${at}${base}`,
    notes,
    "## Entries",
    table(
      ["", "Name", "Runs"],
      entries.map(({ name, runs }, entry) => [letterOf(entry), name, runs.map((run) => run.key).join(", ")]),
    ),
    ...(differing.length === 0
      ? []
      : [
          "## Settings that differ",
          table(
            ["Setting", ...letters],
            differing.map(({ label, values }) => [label, ...values.map(valuesOfEntry)]),
          ),
        ]),
    ...(saved.claims.length === 0
      ? []
      : [
          "## Stated by the source",
          "Figures of imported runs, which were not measured here.",
          table(
            ["Metric", ...letters],
            saved.claims.map(({ name, values }) => [name, ...values.map(valuesOfEntry)]),
          ),
        ]),
    ...(outcomes == null
      ? []
      : [
          "## Results",
          table(
            [...outcomeColumns],
            outcomeRows(saved).map((row) => row.map(number)),
          ),
        ]),
    ...(generation < 0
      ? []
      : [
          "## Figures",
          table(
            [...figureColumns],
            figureRows(saved).map((row) => row.map(number)),
          ),
        ]),
    ...(testRows.length === 0 ? [] : ["## Tests", table(["Measure", "Pair", "Cliff’s delta, 95% for other runs", "Holm’s p"], testRows)]),
    ...(rows.length === 0
      ? []
      : [
          "## Images",
          table(
            ["Class", "Entry", "Run", "Label", "Confidence", "SHA-256"],
            rows.flatMap(({ label, images }) =>
              images.flatMap((image, entry) =>
                image == null ? [] : [[label, letterOf(entry), image.runKey, image.label, String(image.confidence), image.sha256]],
              ),
            ),
          ),
        ]),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}
