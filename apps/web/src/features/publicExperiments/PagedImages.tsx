"use client";
/** The images of a shared run that are listed in pages. */
import type { TypedDocumentNode } from "urql";
import type { Page } from "../../graphql/client/allPages.ts";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { Pages } from "../marks/PagedRows.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { SharedImages } from "./SharedImages.tsx";
import type { SharedImage } from "./sharedText.ts";

interface Variables {
  readonly id: string;
  readonly after?: string | null;
}

interface PagedImagesProps<Data, Row> {
  readonly runId: string;
  readonly query: TypedDocumentNode<Data, Variables>;
  readonly pageOf: (data: Data) => Page<Row>;
  readonly toImage: (row: Row) => SharedImage;
  readonly poll: number | null;
  readonly onOpen: (id: string) => void;
}

export function PagedImages<Data, Row>({ runId, query, pageOf, toImage, poll, onOpen }: PagedImagesProps<Data, Row>) {
  const { data, error, refetch } = useLiveQuery<Data, Variables>({ query, variables: { id: runId, after: null }, poll });
  if (data === undefined)
    return error ? <RequestError message={error.message} onRetry={refetch} forVisitors /> : <SkeletonLines count={3} height={160} />;
  if (pageOf(data).nodes.length === 0)
    return <EmptyState title="No images yet">Images appear here when the run has stored some.</EmptyState>;
  return (
    <Pages<Data, Variables, Row> query={query} variables={{ id: runId }} pageOf={pageOf} poll={null}>
      {(rows, more) => (
        <>
          <SharedImages runId={runId} images={rows.map(toImage)} onOpen={onOpen} />
          {more}
        </>
      )}
    </Pages>
  );
}
