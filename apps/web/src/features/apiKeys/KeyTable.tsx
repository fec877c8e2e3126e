"use client";
/** A table of API keys, latest first. Its pages are polled. */
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { ApiKeysDocument } from "../../graphql/generated/graphql.ts";
import { RequestError } from "../marks/ErrorState.tsx";
import { ListTools } from "../marks/ListTools.tsx";
import { PagedRows } from "../marks/PagedRows.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import tableStyles from "../settings/SettingsTable.module.css";
import { KeyTableRow } from "./KeyTableRow.tsx";
import { keysFile, keysQuery } from "./keysFile.ts";

const pollMilliseconds = 5_000;
const retryMilliseconds = 3_000;
const columns = 7;

interface KeyTableProps {
  readonly valid: boolean;
  /** Whether the table has keys of several members. */
  readonly showsOwner: boolean;
}

export function KeyTable({ valid, showsOwner }: KeyTableProps) {
  const { data, error, refetch } = useLiveQuery({
    query: ApiKeysDocument,
    variables: { valid, after: null },
    poll: pollMilliseconds,
    retryAfter: retryMilliseconds,
    keepPrevious: false,
  });
  if (data === undefined) return error ? <RequestError message={error.message} onRetry={refetch} /> : <SkeletonLines count={3} />;
  if (data.apiKeys.totalCount === 0)
    return (
      <p className="muted">
        {valid ? "No keys. A program acts as you with a key that you make for it." : "No key was revoked or has expired."}
      </p>
    );
  return (
    <>
      <ListTools
        name={valid ? "keys" : "ended-keys"}
        document={ApiKeysDocument}
        variables={{ valid }}
        pageOf={({ apiKeys }) => apiKeys}
        columns={keysFile}
        query={keysQuery(valid)}
      />
      <table className={tableStyles.table}>
        <thead>
          <tr>
            <th scope="col" className={tableStyles.wide}>
              Starts with
            </th>
            <th scope="col">Name</th>
            {showsOwner ? (
              <th scope="col" className={tableStyles.wide}>
                Owner
              </th>
            ) : null}
            <th scope="col" className={tableStyles.wide}>
              Scopes
            </th>
            <th scope="col" className={tableStyles.wide}>
              Last used
            </th>
            <th scope="col" className={tableStyles.wide}>
              {valid ? "Expires" : "Ended"}
            </th>
            <th scope="col" className={tableStyles.actions}>
              <span className="visuallyHidden">Actions</span>
            </th>
          </tr>
        </thead>
        <PagedRows
          query={ApiKeysDocument}
          variables={{ valid }}
          pageOf={({ apiKeys }) => apiKeys}
          columns={columns}
          poll={pollMilliseconds}
        >
          {(apiKey) => <KeyTableRow key={apiKey.id} apiKey={apiKey} showsOwner={showsOwner} />}
        </PagedRows>
      </table>
      <p className={`${tableStyles.foot} t12 muted`}>A key is shown once, when it is made. It never does more than its owner may.</p>
    </>
  );
}
