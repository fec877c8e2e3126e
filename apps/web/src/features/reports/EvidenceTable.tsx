/** A table of measured figures with their bars and verdicts. */
import type { ReportQuery } from "../../graphql/generated/graphql.ts";
import { formatFigure } from "./figures.ts";
import styles from "./Reports.module.css";

type Row = NonNullable<ReportQuery["report"]>["claims"][number]["evidence"][number];

const noBar = "none";

function verdictOf({ figure, bar, holds, isFinding }: Row): string {
  if (figure === null || figure === undefined) return "not measured";
  if (bar === noBar) return "no bar";
  const word = isFinding ? "finding" : "gate";
  return holds ? `${word} holds` : `${word} fails`;
}

export function EvidenceTable({ rows, label }: { readonly rows: readonly Row[]; readonly label: string }) {
  return (
    <div className={styles.scroll} role="region" aria-label={label} tabIndex={0}>
      <table className={styles.evidenceTable}>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col" className="right">
              Figure
            </th>
            <th scope="col" className="right">
              Bar
            </th>
            <th scope="col">Verdict</th>
            <th scope="col">Detail</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td>
                {row.what} <span className={`n11 muted ${styles.rowId}`}>{row.id}</span>
              </td>
              <td className="right n12">{formatFigure(row.figure)}</td>
              <td className="right n12">{row.bar === noBar ? "" : row.bar}</td>
              <td className={row.holds ? "muted" : styles.fails}>{verdictOf(row)}</td>
              <td className="t12 muted">{row.detail}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
