"use client";
/** The toolbar of a list that is loaded as a whole: its rows as a table and a CSV file, and a GraphQL query for the same data. Absent from an empty list. */
import type { ReactNode } from "react";
import type { CsvValue } from "./csv.ts";
import { useDataTools } from "./DataTools.tsx";
import styles from "./ListTools.module.css";

interface WholeListToolsProps<Row> {
  /** Name of the file, without its extension. */
  readonly name: string;
  readonly rows: readonly Row[];
  /** The columns of the file, with the value of each. */
  readonly columns: Readonly<Record<string, (row: Row) => CsvValue>>;
  /** As a program sends it; null for what the GraphQL API does not have. */
  readonly query: string | null;
  /** Before the buttons, such as the number of rows. */
  readonly children?: ReactNode;
}

export function WholeListTools<Row>({ name, rows, columns, query, children }: WholeListToolsProps<Row>) {
  const values = Object.values(columns);
  const { toolbar, content } = useDataTools({
    name,
    columns: Object.keys(columns),
    rows: () => rows.map((row) => values.map((valueOf) => valueOf(row))),
    query,
  });
  if (rows.length === 0) return null;
  return (
    <>
      <div className={styles.bar}>
        <span>{children}</span>
        {toolbar}
      </div>
      {content}
    </>
  );
}
