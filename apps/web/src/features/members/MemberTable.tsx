"use client";
/** The members of the workspace, longest membership first. Its pages are polled. */
import { useState } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { type InvitationRowFragment, MembersDocument } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import tableStyles from "../settings/SettingsTable.module.css";
import { MemberTableRow } from "./MemberTableRow.tsx";
import type { MemberChanges } from "./useMemberChanges.ts";

const pollMilliseconds = 5_000;
const retryMilliseconds = 3_000;

interface MemberTableProps {
  readonly viewerId: string;
  readonly isOwner: boolean;
  readonly changes: MemberChanges;
  readonly invitations: readonly InvitationRowFragment[];
}

export function MemberTable(props: MemberTableProps) {
  const [more, setMore] = useState(0);
  const { data, error, refetch } = useLiveQuery({
    query: MembersDocument,
    variables: { after: null },
    poll: pollMilliseconds,
    retryAfter: retryMilliseconds,
  });
  if (data === undefined)
    return error ? <RequestError message={error.message} onRetry={refetch} /> : <SkeletonLines count={6} height={48} />;
  const { isOwner } = props;
  return (
    <>
      <table className={`${tableStyles.table} ${tableStyles.tall}`}>
        <thead>
          <tr>
            <th scope="col">Member</th>
            <th scope="col">Role</th>
            {isOwner ? (
              <>
                <th scope="col" className={tableStyles.wide}>
                  Second factor
                </th>
                <th scope="col" className={`right ${tableStyles.wide}`}>
                  Sessions
                </th>
                <th scope="col" className={`right ${tableStyles.wide}`}>
                  Keys
                </th>
              </>
            ) : null}
            <th scope="col" className={`right ${tableStyles.wide}`}>
              Last seen
            </th>
            {isOwner ? (
              <th scope="col" className={tableStyles.actions}>
                <span className="visuallyHidden">Actions</span>
              </th>
            ) : null}
          </tr>
        </thead>
        <MemberRows {...props} after={null} more={more} onMore={() => setMore(more + 1)} />
      </table>
      {isOwner && data.members.nodes.some(({ isOnlyOwner }) => isOnlyOwner) ? (
        <p className={`${tableStyles.foot} t12 muted`}>The only owner cannot leave or change role. Make another member an owner first.</p>
      ) : null}
    </>
  );
}

interface MemberRowsProps extends MemberTableProps {
  readonly after: string | null;
  /** Number of further pages shown. */
  readonly more: number;
  onMore(): void;
}

/** A page and the pages after it. */
function MemberRows({ after, more, onMore, ...props }: MemberRowsProps) {
  const { viewerId, isOwner, changes, invitations } = props;
  const isFirst = after === null;
  const { data } = useLiveQuery({
    query: MembersDocument,
    variables: { after },
    requestPolicy: isFirst ? "cache-first" : "cache-and-network",
    poll: isFirst ? null : pollMilliseconds,
  });
  const page = data?.members;
  const next = page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  return (
    <>
      <tbody>
        {page?.nodes.map((member) => (
          <MemberTableRow
            key={member.id}
            member={member}
            isViewer={member.user.id === viewerId}
            changes={isOwner ? changes : null}
            invitationCount={invitations.filter(({ invitedBy }) => invitedBy?.id === member.user.id).length}
          />
        ))}
        {next && more === 0 ? (
          <tr>
            <td colSpan={7}>
              <Button look="quiet" onClick={onMore}>
                Show more
              </Button>
            </td>
          </tr>
        ) : null}
      </tbody>
      {next && more > 0 ? <MemberRows {...props} after={next} more={more - 1} onMore={onMore} /> : null}
    </>
  );
}
