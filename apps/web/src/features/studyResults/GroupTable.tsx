/** Groups with their figures and their differences from the baseline, which a radio button in each row chooses. */
import { useId } from "react";
import { formatCount } from "../marks/numbers.ts";
import type { AgreementWords } from "./agreementWords.ts";
import { DifferenceCells, FigureCell, FigureTable } from "./FigureTable.tsx";
import styles from "./Groups.module.css";
import type { GroupRow } from "./groupRows.ts";
import { formatNines, formatPoints, formatShare, populationsOf } from "./resultFormats.ts";
import type { Measure } from "./resultsState.ts";

interface GroupTableProps {
  readonly label: string;
  readonly rows: readonly GroupRow[];
  /** The place of the group with which the others are compared. */
  readonly baseline: number;
  readonly measure: Measure;
  readonly words: AgreementWords;
  onBaseline(index: number): void;
}

export function GroupTable({ label, rows, baseline, measure, words, onBaseline }: GroupTableProps) {
  const name = useId();
  const over = populationsOf(rows.map(({ figure }) => figure));
  const ofDifference = rows.flatMap(({ difference }) => (difference?.defined ? [difference.difference.over] : []));
  return (
    <FigureTable
      label={`${label}: differences`}
      columns={[
        "Group",
        "Images",
        { name: measure === "share" ? words.column : "Confidence", over },
        { name: measure === "share" ? "Difference, points" : "Difference, nines", over: ofDifference },
        { name: measure === "share" ? "h" : "g", over: ofDifference },
        "p, Holm",
      ]}
    >
      {rows.map((row, index) => (
        <tr key={row.name}>
          <th scope="row">
            <label className={styles.baseline}>
              <input
                type="radio"
                name={name}
                checked={index === baseline}
                disabled={rows.length < 2}
                onChange={() => onBaseline(index)}
                aria-label={`${row.name} as baseline`}
              />
              {row.name}
            </label>
          </th>
          <td className="right n">{formatCount(row.group.images)}</td>
          <FigureCell figure={row.figure} format={formatShare} cases={measure === "share" ? "votes" : "images"} />
          {index === baseline || row.difference === null ? (
            <td colSpan={3} className="right t12 muted">
              {rows.length < 2 ? "no other group" : "baseline"}
            </td>
          ) : (
            <DifferenceCells difference={row.difference} p={row.p} format={measure === "share" ? formatPoints : formatNines} />
          )}
        </tr>
      ))}
    </FigureTable>
  );
}
