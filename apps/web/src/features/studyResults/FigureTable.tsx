/** A table of figures with their intervals: a named row for each group, study or pair. It scrolls sideways where it is too wide. */
import type { ReactNode } from "react";
import styles from "./FigureTable.module.css";
import { FigureText } from "./FigureText.tsx";
import type { FigureOrReason } from "./readResults.ts";
import { formatInterval, formatP, formatPoints, formatUnit } from "./resultFormats.ts";

interface FigureTableProps {
  readonly label: string;
  /** Heads of the columns. The first is of the rows' names, and the others are of figures. */
  readonly columns: readonly string[];
  /** Rows, each with a `th` of scope row. */
  readonly children: ReactNode;
}

export function FigureTable({ label, columns, children }: FigureTableProps) {
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={label}>
      <table className={styles.table}>
        <thead>
          <tr>
            {columns.map((column, index) => (
              <th key={column} scope="col" className={index === 0 ? undefined : "right"}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

interface FigureCellProps {
  readonly figure: FigureOrReason;
  format(value: number): string;
  /** What `n` counts, such as "votes". */
  readonly cases: string;
}

export function FigureCell(props: FigureCellProps) {
  return (
    <td className={props.figure.defined ? "right" : styles.reason}>
      <FigureText {...props} />
    </td>
  );
}

/** A sentence in place of the figures of several columns. */
function ReasonCell({ columns, children }: { readonly columns: number; readonly children: ReactNode }) {
  return (
    <td colSpan={columns} className={`t12 muted ${styles.reason}`}>
      {children}
    </td>
  );
}

interface Bounds {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

interface DifferenceCellsProps {
  readonly difference:
    | { readonly defined: true; readonly difference: Bounds; readonly effect: Bounds }
    | { readonly defined: false; readonly reason: string };
  /** Corrected for the number of comparisons; null without it. */
  readonly p: number | null;
}

/** Three cells: a difference in points, its effect size, and p. */
export function DifferenceCells({ difference, p }: DifferenceCellsProps) {
  if (!difference.defined) return <ReasonCell columns={3}>{difference.reason}</ReasonCell>;
  return (
    <>
      <BoundsCell bounds={difference.difference} format={formatPoints} />
      <BoundsCell bounds={difference.effect} format={formatUnit} />
      <td className="right n">{p === null ? "–" : formatP(p).replace(/^p = /, "")}</td>
    </>
  );
}

function BoundsCell({ bounds, format }: { readonly bounds: Bounds; format(value: number): string }) {
  return (
    <td className="right">
      <span className="n">{format(bounds.estimate)}</span>
      <span className={`n11 muted ${styles.under}`}>{formatInterval(bounds, format)}</span>
    </td>
  );
}
