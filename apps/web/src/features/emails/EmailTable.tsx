"use client";
/** The e-mails of the workspace, latest first. Its pages are polled. */
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { EmailsDocument } from "../../graphql/generated/graphql.ts";
import { EmptyState } from "../marks/EmptyState.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { ListTools } from "../marks/ListTools.tsx";
import { PagedRows } from "../marks/PagedRows.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import tableStyles from "../settings/SettingsTable.module.css";
import styles from "./Emails.module.css";
import { EmailTableRow } from "./EmailTableRow.tsx";
import { emailsFile, emailsQuery } from "./emailsFile.ts";

const pollMilliseconds = 5_000;
const retryMilliseconds = 3_000;
const columns = 6;

export function EmailTable() {
  const { data, error, refetch } = useLiveQuery({
    query: EmailsDocument,
    variables: { after: null },
    poll: pollMilliseconds,
    retryAfter: retryMilliseconds,
  });
  if (data === undefined) return error ? <RequestError message={error.message} onRetry={refetch} /> : <SkeletonLines count={6} />;
  if (data.emails.totalCount === 0)
    return <EmptyState title="No e-mails yet">Invitations and notices to members are listed here once they are written.</EmptyState>;
  return (
    <>
      {data.emails.nodes.some(({ state }) => state === "UNSENT") ? (
        <p className={`${styles.note} second`}>
          This installation has no mail server: unsent e-mails are here, without links, and with them in the file unsent-emails.txt of the
          data folder. Set PAREIDOLIA_SMTP_URL and send them again, or invite the person again and pass the link on yourself.
        </p>
      ) : null}
      <ListTools
        name="e-mails"
        document={EmailsDocument}
        variables={{}}
        pageOf={({ emails }) => emails}
        columns={emailsFile}
        query={emailsQuery}
      />
      <table className={tableStyles.table}>
        <thead>
          <tr>
            <th scope="col">Subject</th>
            <th scope="col" className={tableStyles.wide}>
              To
            </th>
            <th scope="col">State</th>
            <th scope="col" className={tableStyles.wide}>
              When
            </th>
            <th scope="col" className={`right ${tableStyles.wide}`}>
              Attempts
            </th>
            <th scope="col" className={tableStyles.actions}>
              <span className="visuallyHidden">Actions</span>
            </th>
          </tr>
        </thead>
        <PagedRows query={EmailsDocument} variables={{}} pageOf={({ emails }) => emails} columns={columns} poll={pollMilliseconds}>
          {(email) => <EmailTableRow key={email.id} email={email} />}
        </PagedRows>
      </table>
      <p className={`${tableStyles.foot} t12 muted`}>E-mails about accounts, such as a link for a new password, are never listed.</p>
    </>
  );
}
