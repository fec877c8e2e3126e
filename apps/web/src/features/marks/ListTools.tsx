"use client";
/** The toolbar of a list that is loaded in pages: all of its rows as a CSV file, and a GraphQL query for the same data. */
import { type ReactNode, useState } from "react";
import { toast } from "sonner";
import { type TypedDocumentNode, useClient } from "urql";
import { loadAllPages, type Page } from "../../graphql/client/allPages.ts";
import { QueryButton } from "../queries/QueryButton.tsx";
import { type CsvValue, toCsv } from "./csv.ts";
import { downloadFile } from "./downloadFile.ts";
import styles from "./ListTools.module.css";
import toolStyles from "./ToolButton.module.css";

interface Paged {
  readonly after?: string | null | undefined;
}

interface ListToolsProps<Data, Variables extends Paged, Row> {
  /** Name of the file, without its extension. */
  readonly name: string;
  readonly document: TypedDocumentNode<Data, Variables>;
  /** Variables of every page. */
  readonly variables: Omit<Variables, "after">;
  readonly pageOf: (data: Data) => Page<Row>;
  /** The columns of the file, with the value of each. */
  readonly columns: Readonly<Record<string, (row: Row) => CsvValue>>;
  /** As a program sends it. */
  readonly query: string;
  /** Before the buttons, such as the number of rows. */
  readonly children?: ReactNode;
}

export function ListTools<Data, Variables extends Paged, Row>(props: ListToolsProps<Data, Variables, Row>) {
  const { name, document, variables, pageOf, columns, query, children } = props;
  const client = useClient();
  const [isLoading, setLoading] = useState(false);
  const download = async () => {
    setLoading(true);
    const pages = await loadAllPages(async (after) => {
      const { data, error } = await client
        .query<Data, Paged>(document, { ...variables, after }, { requestPolicy: "network-only" })
        .toPromise();
      return { page: data === undefined ? undefined : pageOf(data), error };
    });
    setLoading(false);
    if ("error" in pages) toast.error(`The rows could not be loaded. ${pages.error}`);
    else {
      const values = Object.values(columns);
      const rows = pages.nodes.map((row) => values.map((valueOf) => valueOf(row)));
      downloadFile(`${name}.csv`, toCsv(Object.keys(columns), rows), "text/csv");
    }
  };
  return (
    <div className={styles.bar}>
      <span>{children}</span>
      <div className={styles.tools} role="toolbar" aria-label="Download the list">
        <button type="button" className={toolStyles.toolButton} disabled={isLoading} onClick={() => void download()}>
          CSV
        </button>
        <QueryButton query={query} />
      </div>
    </div>
  );
}
