"use client";
/**
 * The rows of a table or list that are loaded in pages: the first page, "Show more", and the pages after it. Each page starts after the
 * present last row of the page before it, so that no row is missing after rows have moved. The table itself loads and reloads the first
 * page, which is therefore read from the cache here.
 */
import { type ReactNode, useEffect, useState } from "react";
import type { TypedDocumentNode } from "urql";
import type { Page } from "../../graphql/client/allPages.ts";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { useHeldRows } from "../live/HeldLists.tsx";
import { Button } from "./Button.tsx";

export interface Paged {
  readonly after?: string | null | undefined;
}

export interface PagesProps<Data, Variables extends Paged, Row> {
  readonly query: TypedDocumentNode<Data, Variables>;
  /** Variables of every page. */
  readonly variables: Omit<Variables, "after">;
  readonly pageOf: (data: Data) => Page<Row>;
  /** Milliseconds between two requests for each further page; null for none. */
  readonly poll: number | null;
  /** Increases when the further pages are to be read again; missing if only `poll` does. */
  readonly version?: number;
  /** Names a row, always the same function, in a list whose rows stay in place while someone reads it. */
  readonly idOf?: (row: Row) => string;
  /** One page: its rows, and the button for the next page unless that page is open or absent. */
  readonly children: (rows: readonly Row[], more: ReactNode) => ReactNode;
}

export function Pages<Data, Variables extends Paged, Row>(props: PagesProps<Data, Variables, Row>) {
  const [more, setMore] = useState(0);
  return <OnePage {...props} after={null} more={more} onMore={() => setMore(more + 1)} />;
}

interface OnePageProps<Data, Variables extends Paged, Row> extends PagesProps<Data, Variables, Row> {
  readonly after: string | null;
  /** Number of further pages shown. */
  readonly more: number;
  onMore(): void;
}

function OnePage<Data, Variables extends Paged, Row>(props: OnePageProps<Data, Variables, Row>) {
  const { query, variables, pageOf, poll, children, after, more, onMore, idOf, version = 0 } = props;
  const isFirst = after === null;
  const allVariables = { ...variables, after };
  const { data, isPrevious, refetch } = useLiveQuery<Data, Paged>({
    query,
    variables: allVariables,
    requestPolicy: isFirst ? "cache-first" : "cache-and-network",
    poll: isFirst ? null : poll,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: each version reads the page again
  useEffect(() => {
    if (!isFirst && version > 0) refetch();
  }, [version, isFirst, refetch]);
  const page = data === undefined ? undefined : pageOf(data);
  const present = page && { rows: page.nodes, next: page.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null };
  const listed = useHeldRows(present, isPrevious ? null : JSON.stringify(allVariables), idOf ?? null);
  const next = listed?.next ?? null;
  const button = (
    <Button look="quiet" onClick={onMore}>
      Show more
    </Button>
  );
  return (
    <>
      {children(listed?.rows ?? [], next !== null && more === 0 ? button : null)}
      {next !== null && more > 0 ? <OnePage {...props} after={next} more={more - 1} /> : null}
    </>
  );
}

interface PagedRowsProps<Data, Variables extends Paged, Row> extends Omit<PagesProps<Data, Variables, Row>, "children"> {
  /** Number of columns of the table. */
  readonly columns: number;
  /** The row of the table. */
  readonly children: (row: Row) => ReactNode;
}

/** The bodies of a table, one a page. */
export function PagedRows<Data, Variables extends Paged, Row>(props: PagedRowsProps<Data, Variables, Row>) {
  const { columns, children, ...pages } = props;
  return (
    <Pages {...pages}>
      {(rows, more) => (
        <tbody>
          {rows.map((row) => children(row))}
          {more === null ? null : (
            <tr>
              <td colSpan={columns}>{more}</td>
            </tr>
          )}
        </tbody>
      )}
    </Pages>
  );
}
