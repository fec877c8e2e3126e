"use client";
/** The viewer's bulk queries: their progress and files, and a form that starts one. */
import { useState } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { BulkQueriesDocument, type BulkQueriesQuery } from "../../graphql/generated/graphql.ts";
import downloadStyles from "../downloads/Downloads.module.css";
import { DownloadList, DownloadsPage } from "../downloads/DownloadsPage.tsx";
import { useFallbackPoll } from "../live/useFallbackPoll.ts";
import { useBulkQueryChanges } from "../live/useWorkspaceChanges.ts";
import { EmptyState } from "../marks/EmptyState.tsx";
import { ListTools } from "../marks/ListTools.tsx";
import { formatTotal } from "../marks/numbers.ts";
import { Pages } from "../marks/PagedRows.tsx";
import { BulkQueryEntry } from "./BulkQueryEntry.tsx";
import { BulkQueryForm } from "./BulkQueryForm.tsx";
import { bulkQueriesFile, bulkQueriesQuery } from "./bulkTexts.ts";

const pageOf = ({ bulkQueries }: BulkQueriesQuery) => bulkQueries;

export function BulkQueriesPage() {
  return (
    <DownloadsPage
      tab="Bulk queries"
      summary="GraphQL queries of whole lists, without page limits. Only you see your queries. Their files are deleted after seven days."
      start="New bulk query"
      needs="startBulkQuery"
      form={(close) => <BulkQueryForm onClose={close} onStarted={close} />}
      list={<BulkQueries />}
    />
  );
}

function BulkQueries() {
  const [version, setVersion] = useState(0);
  const poll = useFallbackPoll();
  const { data, error, refetch } = useLiveQuery({ query: BulkQueriesDocument, variables: { after: null }, poll, retryAfter: 3_000 });
  const reload = () => {
    refetch();
    setVersion((last) => last + 1);
  };
  useBulkQueryChanges(reload);
  const list = data?.bulkQueries;
  return (
    <DownloadList
      label="Bulk queries"
      count={list?.nodes.length}
      error={error}
      onRetry={refetch}
      empty={
        <EmptyState title="No bulk queries yet">
          A bulk query reads all rows of one list, such as every elite of an experiment, into one file.
        </EmptyState>
      }
    >
      <ListTools
        name="bulk-queries"
        document={BulkQueriesDocument}
        variables={{}}
        pageOf={pageOf}
        columns={bulkQueriesFile}
        query={bulkQueriesQuery}
      >
        {list === undefined ? null : formatTotal(list.totalCount, list.totalCountIsCapped)}{" "}
        {list?.totalCount === 1 ? "bulk query" : "bulk queries"}
      </ListTools>
      <Pages query={BulkQueriesDocument} variables={{}} pageOf={pageOf} poll={poll} version={version}>
        {(rows, more) => (
          <>
            <ol className={downloadStyles.list}>
              {rows.map((item) => (
                <BulkQueryEntry key={item.id} item={item} onChanged={reload} />
              ))}
            </ol>
            {more}
          </>
        )}
      </Pages>
    </DownloadList>
  );
}
