"use client";
/**
 * A list of the workspace that is loaded in pages and follows changes: its rows, "Show more", what stays in place while someone reads it, and
 * its file and query. An empty list shows only its empty state.
 */
import { type ReactNode, useRef, useState } from "react";
import type { TypedDocumentNode } from "urql";
import type { Page } from "../../graphql/client/allPages.ts";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import type { CsvValue } from "../marks/csv.ts";
import { RequestError } from "../marks/ErrorState.tsx";
import { ListTools } from "../marks/ListTools.tsx";
import { type Paged, Pages } from "../marks/PagedRows.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { HeldLists } from "./HeldLists.tsx";
import { useFallbackPoll } from "./useFallbackPoll.ts";
import { useWorkspaceChanges } from "./useWorkspaceChanges.ts";
import { WaitingRows } from "./WaitingRows.tsx";

interface Identified {
  readonly id: string;
}

interface PagedListProps<Data, Variables extends Paged, Row extends Identified> {
  readonly document: TypedDocumentNode<Data, Variables>;
  /** Variables of every page. */
  readonly variables: Omit<Variables, "after">;
  readonly pageOf: (data: Data) => Page<Row>;
  /** One row, such as "sweep". */
  readonly noun: string;
  readonly file: {
    readonly name: string;
    readonly columns: Readonly<Record<string, (row: Row) => CsvValue>>;
    /** As a program sends it. */
    readonly query: string;
  };
  /** Milliseconds between two requests even while changes are announced; missing for rows of which every change is. */
  readonly poll?: number;
  /** Pixels of a row, while the rows load. */
  readonly rowHeight: number;
  readonly className: string | undefined;
  /** Instead of a list without rows. */
  readonly empty: ReactNode;
  /** An item of the list. */
  readonly children: (row: Row, refetch: () => void) => ReactNode;
}

const idOf = ({ id }: Identified) => id;

export function PagedList<Data, Variables extends Paged, Row extends Identified>(props: PagedListProps<Data, Variables, Row>) {
  const { document, variables, pageOf, noun, file, rowHeight, className, empty, children } = props;
  const list = useRef<HTMLDivElement>(null);
  const [version, setVersion] = useState(0);
  const fallbackPoll = useFallbackPoll();
  const poll = props.poll ?? fallbackPoll;
  const { data, error, refetch } = useLiveQuery<Data, Paged>({ query: document, variables: { ...variables, after: null }, poll });
  const readAll = () => {
    refetch();
    setVersion((last) => last + 1);
  };
  useWorkspaceChanges(null, readAll);
  if (data === undefined)
    return error ? <RequestError message={error.message} onRetry={refetch} /> : <SkeletonLines count={5} height={rowHeight} />;
  const first = pageOf(data);
  if (first.nodes.length === 0 && !first.pageInfo.hasNextPage) return empty;
  return (
    <HeldLists list={list} isThere>
      <ListTools {...file} document={document} variables={variables} pageOf={pageOf}>
        <WaitingRows noun={noun} />
      </ListTools>
      <div ref={list}>
        <Pages query={document} variables={variables} pageOf={pageOf} poll={poll} version={version} idOf={idOf}>
          {(rows, more) => (
            <>
              <ul className={className}>{rows.map((row) => children(row, readAll))}</ul>
              {more}
            </>
          )}
        </Pages>
      </div>
    </HeldLists>
  );
}
