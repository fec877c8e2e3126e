/**
 * A table of figures with their intervals: a named row for each group, study or pair. It scrolls sideways where it is too wide. The head of a
 * column says of which kind its intervals are, and so does the title of each.
 */
import type { Population } from "@pareidolia/perception/study/results/figure";
import type { ReactNode } from "react";
import styles from "./FigureTable.module.css";
import { FigureText } from "./FigureText.tsx";
import type { FigureOrReason } from "./readResults.ts";
import { formatInterval, formatP, formatPoints, formatUnit, intervalKind, intervalKinds } from "./resultFormats.ts";

/** The head of a column; `over` of the intervals in it. */
export type FigureColumn = string | { readonly name: string; readonly over: readonly Population[] };

interface FigureTableProps {
  readonly label: string;
  /** Heads of the columns. The first is of the rows' names, and the others are of figures. */
  readonly columns: readonly FigureColumn[];
  /** Rows, each with a `th` of scope row. */
  readonly children: ReactNode;
}

export function FigureTable({ label, columns, children }: FigureTableProps) {
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={label}>
      <table className={styles.table}>
        <thead>
          <tr>
            {columns.map((column, index) => {
              const { name, over } = typeof column === "string" ? { name: column, over: [] } : column;
              const kinds = intervalKinds(over);
              return (
                <th key={name} scope="col" className={index === 0 ? undefined : "right"}>
                  {name}
                  {kinds === null ? null : <span className={`t12 muted ${styles.kind}`}> {kinds}</span>}
                </th>
              );
            })}
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
      <FigureText {...props} isNoted />
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
    | { readonly defined: true; readonly difference: Bounds & { readonly over: Population }; readonly effect: Bounds }
    | { readonly defined: false; readonly reason: string; readonly estimate?: number };
  /** Corrected for the number of comparisons; null without it. */
  readonly p: number | null;
  /** Default: a difference of shares, in percentage points. */
  readonly format?: (value: number) => string;
}

/** Three cells: a difference, its effect size, and p. */
export function DifferenceCells({ difference, p, format = formatPoints }: DifferenceCellsProps) {
  if (!difference.defined)
    return (
      <ReasonCell columns={3}>
        {difference.estimate === undefined ? null : `${format(difference.estimate)}. `}
        {difference.reason}
      </ReasonCell>
    );
  return (
    <>
      <BoundsCell bounds={difference.difference} over={difference.difference.over} format={format} />
      <BoundsCell bounds={difference.effect} over={difference.difference.over} format={formatUnit} />
      <td className="right n">{p === null ? "–" : formatP(p).replace(/^p = /, "")}</td>
    </>
  );
}

interface BoundsCellProps {
  readonly bounds: Bounds;
  readonly over: Population;
  format(value: number): string;
}

function BoundsCell({ bounds, over, format }: BoundsCellProps) {
  return (
    <td className="right">
      <span className="n">{format(bounds.estimate)}</span>
      <span className={`n11 muted ${styles.under}`} title={intervalKind(over)}>
        {formatInterval(bounds, format)}
      </span>
    </td>
  );
}
