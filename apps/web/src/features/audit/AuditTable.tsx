"use client";
/** The entries that match the filters, latest first. New entries appear by themselves. */
import { useEffect, useState } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { AuditEntriesDocument, type AuditFilter } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import tableStyles from "../settings/SettingsTable.module.css";
import styles from "./Audit.module.css";
import { AuditTableRow } from "./AuditTableRow.tsx";

const pollMilliseconds = 5_000;
const retryMilliseconds = 3_000;

export interface ListedEntries {
  readonly total: number;
  readonly isCapped: boolean;
  readonly actions: readonly string[];
}

interface AuditTableProps {
  readonly filter: AuditFilter;
  readonly isFiltered: boolean;
  /** Reports the total and the actions of the first page. */
  onListed(listed: ListedEntries): void;
}

export function AuditTable({ filter, isFiltered, onListed }: AuditTableProps) {
  const [more, setMore] = useState(0);
  const { data, error, refetch } = useLiveQuery({
    query: AuditEntriesDocument,
    variables: { filter, after: null },
    poll: pollMilliseconds,
    retryAfter: retryMilliseconds,
  });
  const page = data?.auditEntries;
  useEffect(() => {
    if (page === undefined) return;
    onListed({ total: page.totalCount, isCapped: page.totalCountIsCapped, actions: page.nodes.map(({ action }) => action) });
  }, [page, onListed]);
  if (page === undefined)
    return error ? <RequestError message={error.message} onRetry={refetch} /> : <SkeletonLines count={10} height={44} />;
  if (page.totalCount === 0)
    return isFiltered ? (
      <EmptyState title="No matching entries">No entry of the log matches these filters.</EmptyState>
    ) : (
      <EmptyState title="No entries yet">Each change in the workspace is written here, with who made it and from where.</EmptyState>
    );
  return (
    <>
      <table className={`${tableStyles.table} ${styles.table}`}>
        <thead>
          <tr>
            <td className={styles.gutter} />
            <th scope="col" className={tableStyles.wide}>
              Entry
            </th>
            <th scope="col" className={tableStyles.wide}>
              Time
            </th>
            <th scope="col">Who</th>
            <th scope="col">Did</th>
            <th scope="col" className={tableStyles.wide}>
              To what
            </th>
            <th scope="col" className={tableStyles.wide}>
              Change
            </th>
            <th scope="col" className={tableStyles.wide}>
              Through
            </th>
            <th scope="col" className={`right ${tableStyles.wide}`}>
              Hash
            </th>
          </tr>
        </thead>
        <AuditRows filter={filter} after={null} more={more} onMore={() => setMore(more + 1)} />
      </table>
      <p className={`${tableStyles.foot} t12 muted`}>
        From a terminal: <code>npm run audit</code> verifies every link and names the first that is broken.
      </p>
    </>
  );
}

interface AuditRowsProps {
  readonly filter: AuditFilter;
  readonly after: string | null;
  /** Number of further pages shown. */
  readonly more: number;
  onMore(): void;
}

/** A page and the pages after it. Entries never change, so only the first page is polled. */
function AuditRows({ filter, after, more, onMore }: AuditRowsProps) {
  const { data } = useLiveQuery({
    query: AuditEntriesDocument,
    variables: { filter, after },
    requestPolicy: after === null ? "cache-first" : "cache-and-network",
  });
  const page = data?.auditEntries;
  const next = page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  return (
    <>
      <tbody>
        {page?.nodes.map((entry) => (
          <AuditTableRow key={entry.id} entry={entry} />
        ))}
        {next && more === 0 ? (
          <tr>
            <td />
            <td colSpan={8}>
              <Button look="quiet" onClick={onMore}>
                Show more
              </Button>
            </td>
          </tr>
        ) : null}
      </tbody>
      {next && more > 0 ? <AuditRows filter={filter} after={next} more={more - 1} onMore={onMore} /> : null}
    </>
  );
}
