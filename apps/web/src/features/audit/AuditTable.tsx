"use client";
/** The entries that match the filters, latest first. New entries appear by themselves. */
import { useEffect } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { AuditEntriesDocument, type AuditFilter } from "../../graphql/generated/graphql.ts";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { Pages } from "../marks/PagedRows.tsx";
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
        {/* Entries never change, so only the first page is polled. */}
        <Pages query={AuditEntriesDocument} variables={{ filter }} pageOf={({ auditEntries }) => auditEntries} poll={null}>
          {(rows, more) => (
            <tbody>
              {rows.map((entry) => (
                <AuditTableRow key={entry.id} entry={entry} />
              ))}
              {more === null ? null : (
                <tr>
                  <td />
                  <td colSpan={8}>{more}</td>
                </tr>
              )}
            </tbody>
          )}
        </Pages>
      </table>
    </>
  );
}
