"use client";
/**
 * The bodies of a table whose rows are loaded in pages: the first page, "Show more", and the pages after it. Each page starts after the
 * present last row of the page before it, so that no row is missing after rows have moved. The table itself loads and reloads the first
 * page, which is therefore read from the cache here.
 */
import { type ReactNode, useState } from "react";
import type { TypedDocumentNode } from "urql";
import type { Page } from "../../graphql/client/allPages.ts";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { useHeldRows } from "../live/HeldLists.tsx";
import { Button } from "./Button.tsx";

interface Paged {
  readonly after?: string | null | undefined;
}

interface PagedRowsProps<Data, Variables extends Paged, Row> {
  readonly query: TypedDocumentNode<Data, Variables>;
  /** Of every page. */
  readonly variables: Omit<Variables, "after">;
  readonly pageOf: (data: Data) => Page<Row>;
  /** Number of columns of the table. */
  readonly columns: number;
  /** Milliseconds between two requests for each further page; null for none. */
  readonly poll: number | null;
  /** Names a row, always the same function, in a list whose rows stay in place while someone reads it. */
  readonly idOf?: (row: Row) => string;
  /** The row of the table. */
  readonly children: (row: Row) => ReactNode;
}

export function PagedRows<Data, Variables extends Paged, Row>(props: PagedRowsProps<Data, Variables, Row>) {
  const [more, setMore] = useState(0);
  return <PageRows {...props} after={null} more={more} onMore={() => setMore(more + 1)} />;
}

interface PageRowsProps<Data, Variables extends Paged, Row> extends PagedRowsProps<Data, Variables, Row> {
  readonly after: string | null;
  /** Number of further pages shown. */
  readonly more: number;
  onMore(): void;
}

function PageRows<Data, Variables extends Paged, Row>(props: PageRowsProps<Data, Variables, Row>) {
  const { query, variables, pageOf, columns, poll, children, after, more, onMore, idOf } = props;
  const isFirst = after === null;
  const allVariables = { ...variables, after };
  const { data, isPrevious } = useLiveQuery<Data, Paged>({
    query,
    variables: allVariables,
    requestPolicy: isFirst ? "cache-first" : "cache-and-network",
    poll: isFirst ? null : poll,
  });
  const page = data === undefined ? undefined : pageOf(data);
  const present = page && { rows: page.nodes, next: page.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null };
  const listed = useHeldRows(present, isPrevious ? null : JSON.stringify(allVariables), idOf ?? null);
  const next = listed?.next ?? null;
  return (
    <>
      <tbody>
        {listed?.rows.map((row) => children(row))}
        {next && more === 0 ? (
          <tr>
            <td colSpan={columns}>
              <Button look="quiet" onClick={onMore}>
                Show more
              </Button>
            </td>
          </tr>
        ) : null}
      </tbody>
      {next && more > 0 ? <PageRows {...props} after={next} more={more - 1} /> : null}
    </>
  );
}
