"use client";
/** The toolbar of a chart: its data as a table, SVG, PNG or CSV file, and the GraphQL query that loads it. */
import { type RefObject, useId, useState } from "react";
import { toast } from "sonner";
import { QueryButton } from "../queries/QueryButton.tsx";
import { type CsvValue, toCsv } from "./csv.ts";
import styles from "./DataTools.module.css";
import { downloadFile } from "./downloadFile.ts";
import { standaloneSvg, svgToPng } from "./exportSvg.ts";
import { formatCount } from "./numbers.ts";
import toolButtonStyles from "./ToolButton.module.css";

export type Rows = readonly (readonly CsvValue[])[];

export interface DataToolsProps {
  /** Prefix of the file names. */
  readonly name: string;
  readonly columns: readonly string[];
  /** The rows, or a function that makes them when they are needed, for large charts. */
  readonly rows: Rows | (() => Rows);
  /** Loads the rows of all pages, for a list that shows some of them. The CSV file has them. */
  readonly allRows?: () => Promise<Rows>;
  /** As a program sends it; null for what the GraphQL API does not have, such as a person's sessions. */
  readonly query: string | null;
  /** `current` is read when the user saves a file. */
  readonly svg?: Pick<RefObject<SVGSVGElement | null>, "current">;
}

/** More rows would stop the page for seconds. */
const maxShownRows = 1000;

const rowsOf = (rows: DataToolsProps["rows"]): Rows => (typeof rows === "function" ? rows() : rows);

export function useDataTools(props: DataToolsProps) {
  const [showsTable, setShowsTable] = useState(false);
  const panelId = useId();
  const svgElement = () => props.svg?.current ?? null;
  const saveCsv = () =>
    (props.allRows?.() ?? Promise.resolve(rowsOf(props.rows))).then(
      (rows) => downloadFile(`${props.name}.csv`, toCsv(props.columns, rows), "text/csv"),
      (error: Error) => toast.error(error.message),
    );
  const toolbar = (
    <div className={styles.dataTools} role="toolbar" aria-label="View or download the data">
      <button
        type="button"
        className={toolButtonStyles.toolButton}
        aria-expanded={showsTable}
        aria-controls={panelId}
        onClick={() => setShowsTable(!showsTable)}
      >
        Table
      </button>
      {props.svg ? (
        <>
          <button
            type="button"
            className={toolButtonStyles.toolButton}
            onClick={() => {
              const svg = svgElement();
              if (svg) downloadFile(`${props.name}.svg`, standaloneSvg(svg), "image/svg+xml");
            }}
          >
            SVG
          </button>
          <button
            type="button"
            className={toolButtonStyles.toolButton}
            onClick={() => {
              const svg = svgElement();
              if (!svg) return;
              svgToPng(svg).then(
                (blob) => downloadFile(`${props.name}.png`, blob, "image/png"),
                (error: Error) => toast.error(error.message),
              );
            }}
          >
            PNG
          </button>
        </>
      ) : null}
      <button type="button" className={toolButtonStyles.toolButton} onClick={() => void saveCsv()}>
        CSV
      </button>
      {props.query === null ? null : <QueryButton query={props.query} />}
    </div>
  );
  const content = <div id={panelId}>{showsTable ? <DataTable {...props} /> : null}</div>;
  return { toolbar, content };
}

function DataTable({ columns, rows: source }: DataToolsProps) {
  const rows = rowsOf(source);
  return (
    <div className={styles.dataTable} tabIndex={0} role="region" aria-label="The data as a table">
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} className="right" scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, maxShownRows).map((row, index) => (
            <tr key={index}>
              {row.map((value, column) => (
                <td key={columns[column]} className="right n12">
                  {value}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > maxShownRows ? (
        <p className={`t12 muted ${styles.more}`}>
          The first <span className="n12">{formatCount(maxShownRows)}</span> of <span className="n12">{formatCount(rows.length)}</span>{" "}
          rows. The CSV file has all.
        </p>
      ) : null}
    </div>
  );
}
