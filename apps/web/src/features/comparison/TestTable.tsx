"use client";
/** The tests of one measure as a table, with what they mean. */
import type { ComparedTestsQuery } from "../../graphql/generated/graphql.ts";
import type { CsvValue } from "../marks/csv.ts";
import { intervalCells, intervalColumns } from "../marks/intervalColumns.ts";
import styles from "./Comparison.module.css";
import type { ComparedEntries } from "./comparedParts.ts";
import { letterOf } from "./comparedRuns.ts";
import { measures } from "./comparisonState.ts";
import { EntryMark } from "./EntryMark.tsx";

export type Tests = ComparedTestsQuery["runComparison"]["tests"];
export type Measure = (typeof measures)[number];

export const measureTexts: Readonly<Record<Measure, string>> = {
  MEDIAN: "Median",
  FOOLING: "Classes ≥ .9999",
  FIRST_REACHED: "First ≥ .9999",
};

export const testColumns: readonly string[] = ["first", "second", "delta", ...intervalColumns("delta"), "p", "adjusted p", "method"];

export function rowsOfTests(tests: Tests | undefined): readonly (readonly CsvValue[])[] {
  return (tests?.pairs ?? []).map((test) => [
    letterOf(test.first),
    letterOf(test.second),
    test.delta,
    ...intervalCells({ low: test.deltaLow, high: test.deltaHigh }, "other runs"),
    test.p,
    test.adjustedP,
    test.method,
  ]);
}

/** Three digits, or "< .001". */
export function formatP(p: number): string {
  return p < 0.001 ? "< .001" : p.toFixed(3).replace(/^0/, "");
}

export function MeasureChoice({ measure, onChange }: { readonly measure: Measure; onChange(measure: Measure): void }) {
  return (
    <div className={styles.measures} role="group" aria-label="What is tested">
      {measures.map((name) => (
        <button key={name} type="button" aria-pressed={name === measure} onClick={() => onChange(name)}>
          {measureTexts[name]}
        </button>
      ))}
    </div>
  );
}

interface TestTableProps {
  readonly tests: Tests;
  readonly entries: ComparedEntries["entries"];
}

export function TestTable({ tests: { pairs, leftOut }, entries }: TestTableProps) {
  return (
    <>
      {pairs.length === 0 ? null : (
        <table className={styles.figures}>
          <thead>
            <tr>
              <th scope="col">Pair</th>
              <th scope="col" className="right">
                Cliff’s δ, 95% for other runs
              </th>
              <th scope="col" className="right">
                Holm’s p
              </th>
            </tr>
          </thead>
          <tbody>
            {pairs.map(({ first, second, delta, deltaLow, deltaHigh, p, adjustedP }) => (
              <tr key={`${first} ${second}`}>
                <th scope="row">
                  <span className={styles.pair}>
                    <EntryMark entry={first} title={entries[first]?.name ?? ""} />
                    <EntryMark entry={second} title={entries[second]?.name ?? ""} />
                  </span>
                </th>
                <td className="right n12">
                  {delta.toFixed(2)}
                  <span className={styles.interval}>
                    {deltaLow.toFixed(2)} to {deltaHigh.toFixed(2)}
                  </span>
                </td>
                <td className="right n12" title={`p ${formatP(p)} before the correction`}>
                  {formatP(adjustedP)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="t12 muted">
        Mann-Whitney U test; δ is positive if the first group’s values tend to be larger. p is corrected for {pairs.length}{" "}
        {pairs.length === 1 ? "test" : "tests"}.
        {leftOut.length > 0 ? ` ${leftOut.map(letterOf).join(", ")} ${leftOut.length === 1 ? "has" : "have"} fewer than 3 runs.` : null}
      </p>
    </>
  );
}
