"use client";
/** The viewer's bulk queries: their progress and files, and a form that starts one. */
import { parseAsBoolean, useQueryState } from "nuqs";
import { useState } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { BulkQueriesDocument, type BulkQueriesQuery, type BulkQueryEntryFragment } from "../../graphql/generated/graphql.ts";
import { useFallbackPoll } from "../live/useFallbackPoll.ts";
import { useBulkQueryChanges } from "../live/useWorkspaceChanges.ts";
import { Button } from "../marks/Button.tsx";
import { Dialog } from "../marks/Dialog.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { ListTools } from "../marks/ListTools.tsx";
import { formatTotal } from "../marks/numbers.ts";
import { PagedRows } from "../marks/PagedRows.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { SettingsPage } from "../settings/SettingsPage.tsx";
import tableStyles from "../settings/SettingsTable.module.css";
import { useSettings } from "../settings/useSettings.ts";
import { mayWrite } from "../tracking/subject.ts";
import styles from "./BulkQueries.module.css";
import { BulkQueryForm } from "./BulkQueryForm.tsx";
import { BulkQueryRow, bulkColumnCount } from "./BulkQueryRow.tsx";
import { bulkQueriesQuery } from "./bulkTexts.ts";

const pageOf = ({ bulkQueries }: BulkQueriesQuery) => bulkQueries;

const csvColumns = {
  key: ({ key }: BulkQueryEntryFragment) => key,
  name: ({ name }: BulkQueryEntryFragment) => name,
  format: ({ format }: BulkQueryEntryFragment) => format,
  state: ({ state }: BulkQueryEntryFragment) => state,
  rows: ({ rows }: BulkQueryEntryFragment) => rows,
  bytes: ({ file }: BulkQueryEntryFragment) => file?.byteLength ?? null,
  sha256: ({ file }: BulkQueryEntryFragment) => file?.sha256 ?? null,
  failure: ({ failure }: BulkQueryEntryFragment) => failure ?? null,
  requested: ({ createdAt }: BulkQueryEntryFragment) => createdAt,
  expires: ({ expiresAt }: BulkQueryEntryFragment) => expiresAt ?? null,
  query: ({ query }: BulkQueryEntryFragment) => query,
};

export function BulkQueriesPage() {
  const role = useSettings().data?.viewer.role;
  if (role === undefined || mayWrite(role)) return <BulkQueries />;
  return (
    <SettingsPage tab="Bulk queries" summary="Whole lists as files, without page limits">
      <EmptyState title="Bulk queries are for owners and researchers">Ask an owner of the workspace to change your role.</EmptyState>
    </SettingsPage>
  );
}

function BulkQueries() {
  const [choosing, setChoosing] = useQueryState("new", parseAsBoolean.withDefault(false));
  const [version, setVersion] = useState(0);
  const poll = useFallbackPoll();
  const variables = { after: null };
  const { data, error, refetch } = useLiveQuery({ query: BulkQueriesDocument, variables, poll, retryAfter: 3_000 });
  const reload = () => {
    refetch();
    setVersion((last) => last + 1);
  };
  useBulkQueryChanges(reload);
  const close = () => void setChoosing(null);
  const list = data?.bulkQueries;
  return (
    <SettingsPage
      tab="Bulk queries"
      names={["new"]}
      summary="GraphQL queries of whole lists, without page limits. Only you see yours; their files are deleted after seven days."
      actions={
        <Button look="primary" onClick={() => void setChoosing(true)}>
          New bulk query
        </Button>
      }
    >
      {list === undefined ? (
        error ? (
          <RequestError message={error.message} onRetry={refetch} />
        ) : (
          <SkeletonLines count={4} height={48} />
        )
      ) : list.nodes.length === 0 ? (
        <EmptyState title="No bulk queries yet">
          A bulk query reads all rows of one list, such as every elite of an experiment, into one file.
        </EmptyState>
      ) : (
        <section aria-label="Bulk queries" className={styles.bulkQueries}>
          <ListTools
            name="bulk-queries"
            document={BulkQueriesDocument}
            variables={{}}
            pageOf={pageOf}
            columns={csvColumns}
            query={bulkQueriesQuery}
          >
            {formatTotal(list.totalCount, list.totalCountIsCapped)} {list.totalCount === 1 ? "bulk query" : "bulk queries"}
          </ListTools>
          <div className={styles.scroll}>
            <table className={tableStyles.table}>
              <thead>
                <tr>
                  <th scope="col">Bulk query</th>
                  <th scope="col">State</th>
                  <th scope="col">Rows</th>
                  <th scope="col">
                    <span className="visuallyHidden">Actions</span>
                  </th>
                </tr>
              </thead>
              <PagedRows query={BulkQueriesDocument} variables={{}} pageOf={pageOf} columns={bulkColumnCount} poll={poll} version={version}>
                {(item) => <BulkQueryRow key={item.id} item={item} onChanged={reload} />}
              </PagedRows>
            </table>
          </div>
        </section>
      )}
      <Dialog title="New bulk query" open={choosing} wide onClose={close}>
        <BulkQueryForm
          onClose={close}
          onStarted={() => {
            reload();
            close();
          }}
        />
      </Dialog>
    </SettingsPage>
  );
}
