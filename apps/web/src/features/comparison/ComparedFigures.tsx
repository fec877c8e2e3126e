"use client";
/** Each entry's archive in the generation shown, with differences from the baseline. */
import { formatMiss } from "../marks/confidence.ts";
import { useDataTools } from "../marks/DataTools.tsx";
import { intervalCells, intervalColumns } from "../marks/intervalColumns.ts";
import { formatCount } from "../marks/numbers.ts";
import { RunRecognition } from "../people/RunRecognition.tsx";
import { recognitionCells, recognitionColumns } from "../people/recognitionCells.ts";
import { ResultSection } from "../studyResults/ResultSection.tsx";
import styles from "./Comparison.module.css";
import { comparedFields } from "./comparedFields.ts";
import type { ComparedEntries, ComparedFiguresAt, WriteQuery } from "./comparedParts.ts";
import { letterOf } from "./comparedRuns.ts";
import { deltaInNines } from "./deltas.ts";
import { EntryMark } from "./EntryMark.tsx";
import { evolved, groupMedians } from "./outcomeRows.ts";

interface ComparedFiguresProps {
  readonly comparison: ComparedEntries;
  readonly archives: ComparedFiguresAt;
  readonly baseline: number | null;
  readonly writeQuery: WriteQuery;
}

const orDash = (value: number | null | undefined): string => (value === null || value === undefined ? "–" : formatMiss(value));

export function ComparedFigures({ comparison, archives, baseline, writeQuery }: ComparedFiguresProps) {
  const base = baseline === null ? null : archives.figures[baseline]?.median?.mean;
  const early = archives.figures.flatMap(({ earlier }, entry) => (earlier > 0 ? [letterOf(entry)] : []));
  const askedPeople = comparison.entries.some(({ recognition }) => (recognition?.askedCount ?? 0) > 0);
  const tools = useDataTools({
    name: `figures-generation-${archives.generation}`,
    columns: [
      "entry",
      "name",
      "runs",
      "median",
      ...intervalColumns(),
      "lower quartile",
      "upper quartile",
      "at or above .9999",
      "classes",
      ...(askedPeople ? recognitionColumns : []),
    ],
    rows: evolved(archives.figures).map(({ entry, median, lowerQuartile, upperQuartile, fooling, nicheCount }) => [
      letterOf(entry),
      comparison.entries[entry]?.name ?? "",
      median?.runCount ?? 0,
      median?.mean ?? null,
      ...intervalCells(median, "other runs"),
      lowerQuartile ?? null,
      upperQuartile ?? null,
      fooling?.mean ?? null,
      nicheCount,
      ...(askedPeople ? recognitionCells(comparison.entries[entry]?.recognition ?? null) : []),
    ]),
    query: writeQuery(askedPeople ? comparedFields.figuresWithPeople : comparedFields.figures, archives.generation),
  });
  return (
    <ResultSection title={`At generation ${formatCount(archives.generation)}`} tools={tools}>
      <div className={styles.scroll}>
        <table className={styles.figures}>
          <thead>
            <tr>
              <th scope="col">{comparison.entries.some(({ runs }) => runs.length > 1) ? "Entry" : "Run"}</th>
              <th scope="col" className="right">
                Median
              </th>
              <th scope="col" className="right">
                Quartiles
              </th>
              <th scope="col" className="right">
                ≥ .9999
              </th>
              {askedPeople ? <th scope="col">People recognise</th> : null}
            </tr>
          </thead>
          <tbody>
            {evolved(archives.figures).map(({ entry, median, lowerQuartile, upperQuartile, fooling, nicheCount }) => (
              <tr key={entry}>
                <th scope="row">
                  <EntryMark entry={entry} title={comparison.entries[entry]?.name ?? ""} />
                </th>
                <td className="right n12">
                  {orDash(median?.mean)}
                  {median == null ? null : median.low == null || median.high == null ? (
                    <span className={styles.interval} title={median.intervalReason ?? undefined}>
                      no interval, n = {median.runCount}
                    </span>
                  ) : (
                    <span className={styles.interval}>
                      <span>{formatMiss(median.low)} to</span> <span>{formatMiss(median.high)},</span> <span>n = {median.runCount}</span>
                    </span>
                  )}
                  {base == null || median == null || entry === baseline ? null : (
                    <span className={styles.interval}>{deltaInNines(median.mean, base)}</span>
                  )}
                </td>
                <td className="right n12">
                  {orDash(lowerQuartile)}
                  <br />
                  {orDash(upperQuartile)}
                </td>
                <td className="right n12">{fooling == null ? "–" : `${Number(fooling.mean.toFixed(1))} / ${formatCount(nicheCount)}`}</td>
                {askedPeople ? (
                  <td>
                    <RunRecognition recognition={comparison.entries[entry]?.recognition ?? null} />
                  </td>
                ) : null}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {archives.figures.some(({ median }) => median?.low != null) ? <p className={`t12 second ${styles.below}`}>{groupMedians}</p> : null}
      {early.length === 0 ? null : (
        <p className={`t12 muted ${styles.below}`}>{early.join(", ")} ended before: the last generation counts.</p>
      )}
    </ResultSection>
  );
}
