"use client";
/** One experiment of a report: its figures with bars, its charts, and all measurements. Its content is rendered when first opened. */
import { useState } from "react";
import type { ReportQuery } from "../../graphql/generated/graphql.ts";
import { formatCount, formatDuration } from "../marks/numbers.ts";
import toolButtonStyles from "../marks/ToolButton.module.css";
import { WholeListTools } from "../marks/WholeListTools.tsx";
import { EvidenceTable } from "./EvidenceTable.tsx";
import { formatCell, isNumeric } from "./figures.ts";
import { ReportChart } from "./ReportChart.tsx";
import styles from "./Reports.module.css";
import { reportQuery } from "./reportsFile.ts";

type Experiment = NonNullable<ReportQuery["report"]>["experiments"][number];

interface ReportExperimentProps {
  readonly reportId: string;
  readonly experiment: Experiment;
}

export function ReportExperiment({ reportId, experiment }: ReportExperimentProps) {
  const { id, description, seconds, coreSeconds, failure, rows, curves } = experiment;
  const [opened, setOpened] = useState(false);
  return (
    <li id={`experiment-${id}`}>
      <details onToggle={({ currentTarget }) => currentTarget.open && setOpened(true)}>
        <summary className={styles.experimentSummary}>
          <b className="n12">{id}</b>
          <span>{description}</span>
          <span className="t12 muted">{failure === null ? formatDuration(seconds) : "failed"}</span>
        </summary>
        {opened ? (
          <div className={styles.experiment}>
            {typeof failure === "string" ? <p role="alert">{failure}</p> : null}
            <p className="t12 muted">
              <span className="n12">{formatCount(coreSeconds)}</span> core-seconds
            </p>
            {rows.length > 0 ? <EvidenceTable rows={rows} label={`Figures of ${id}`} /> : null}
            {curves.map((each) => (
              <ReportChart key={each.title} reportId={reportId} curves={each} />
            ))}
            <Measurements reportId={reportId} experiment={experiment} />
          </div>
        ) : null}
      </details>
    </li>
  );
}

function Measurements({ reportId, experiment: { id, head, lines } }: ReportExperimentProps) {
  if (lines.length === 0) return null;
  const numeric = head.map((_, column) => isNumeric(lines.map((line) => line[column] ?? "")));
  const cellClass = (column: number) => (numeric[column] ? "right n12" : undefined);
  return (
    <details>
      <summary className={toolButtonStyles.toolButton}>
        All <span className="n12">{formatCount(lines.length)}</span> measurements
      </summary>
      <WholeListTools
        name={`${reportId}-${id}`}
        rows={lines}
        columns={Object.fromEntries(head.map((name, column) => [name, (cells: readonly string[]) => cells[column] ?? ""]))}
        query={reportQuery(reportId, "experiments { id head lines }")}
      />
      <div className={styles.scroll} role="region" aria-label={`Measurements of ${id}`} tabIndex={0}>
        <table>
          <thead>
            <tr>
              {head.map((name, column) => (
                <th key={name} scope="col" className={numeric[column] ? "right" : undefined}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map((cells) => (
              <tr key={cells.join(" ")}>
                {head.map((name, column) => (
                  <td key={name} className={cellClass(column)}>
                    {formatCell(name, cells[column] ?? "")}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
