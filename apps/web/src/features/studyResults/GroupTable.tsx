/** Groups with their figures and their differences from the baseline, which a radio button in each row chooses. */
import { useId } from "react";
import { formatCount } from "../marks/numbers.ts";
import { FigureText } from "./FigureText.tsx";
import groupStyles from "./Groups.module.css";
import type { GroupRow } from "./groupRows.ts";
import { formatInterval, formatP, formatPoints, formatShare, formatUnit } from "./resultFormats.ts";
import type { Measure } from "./resultsState.ts";
import styles from "./StudyResults.module.css";

interface GroupTableProps {
  readonly label: string;
  readonly rows: readonly GroupRow[];
  /** The place of the group with which the others are compared. */
  readonly baseline: number;
  readonly measure: Measure;
  onBaseline(index: number): void;
}

export function GroupTable({ label, rows, baseline, measure, onBaseline }: GroupTableProps) {
  const name = useId();
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={`${label}: differences`}>
      <table className={`${styles.voters} ${groupStyles.groups}`}>
        <thead>
          <tr>
            <th scope="col">Group</th>
            <th scope="col" className="right">
              Images
            </th>
            <th scope="col" className="right">
              {measure === "share" ? "People agree" : "Confidence"}
            </th>
            <th scope="col" className="right">
              Difference, points
            </th>
            <th scope="col" className="right">
              {measure === "share" ? "h" : "g"}
            </th>
            <th scope="col" className="right">
              p, Holm
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={row.name}>
              <th scope="row">
                <label className={groupStyles.baseline}>
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
              <td className="right">
                <FigureText figure={row.figure} format={formatShare} cases={measure === "share" ? "votes" : "images"} />
              </td>
              <DifferenceCells row={row} isBaseline={index === baseline} isAlone={rows.length < 2} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function DifferenceCells({
  row,
  isBaseline,
  isAlone,
}: {
  readonly row: GroupRow;
  readonly isBaseline: boolean;
  readonly isAlone: boolean;
}) {
  const { difference, p } = row;
  if (isBaseline || difference === null)
    return (
      <td colSpan={3} className="right t12 muted">
        {isAlone ? "no other group" : "baseline"}
      </td>
    );
  if (!difference.defined)
    return (
      <td colSpan={3} className={`t12 muted ${groupStyles.reason}`}>
        {difference.reason}
      </td>
    );
  return (
    <>
      <td className="right">
        <span className="n">{formatPoints(difference.difference.estimate)}</span>
        <span className={`n11 muted ${groupStyles.under}`}>{formatInterval(difference.difference, formatPoints)}</span>
      </td>
      <td className="right">
        <span className="n">{formatUnit(difference.effect.estimate)}</span>
        <span className={`n11 muted ${groupStyles.under}`}>{formatInterval(difference.effect, formatUnit)}</span>
      </td>
      <td className="right n">{p === null ? "–" : formatP(p).replace(/^p = /, "")}</td>
    </>
  );
}
