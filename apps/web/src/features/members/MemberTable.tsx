"use client";
/** The members of the workspace, longest membership first. Its pages are polled. */
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { type InvitationRowFragment, MembersDocument } from "../../graphql/generated/graphql.ts";
import { RequestError } from "../marks/ErrorState.tsx";
import { ListTools } from "../marks/ListTools.tsx";
import { PagedRows } from "../marks/PagedRows.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { usePermissions } from "../permissions/usePermissions.ts";
import tableStyles from "../settings/SettingsTable.module.css";
import { MemberTableRow } from "./MemberTableRow.tsx";
import { membersFile, membersQuery } from "./membersFile.ts";
import type { MemberChanges } from "./useMemberChanges.ts";

const pollMilliseconds = 5_000;
const retryMilliseconds = 3_000;
const columns = 7;

interface MemberTableProps {
  readonly viewerId: string;
  readonly changes: MemberChanges;
  readonly invitations: readonly InvitationRowFragment[];
}

export function MemberTable({ viewerId, changes, invitations }: MemberTableProps) {
  const { may, permits } = usePermissions();
  const mayChange = may("changeMemberRole");
  const { data, error, refetch } = useLiveQuery({
    query: MembersDocument,
    variables: { after: null },
    poll: pollMilliseconds,
    retryAfter: retryMilliseconds,
  });
  if (data === undefined)
    return error ? <RequestError message={error.message} onRetry={refetch} /> : <SkeletonLines count={6} height={48} />;
  return (
    <>
      <ListTools
        name="members"
        document={MembersDocument}
        variables={{}}
        pageOf={({ members }) => members}
        columns={membersFile}
        query={membersQuery}
      />
      <table className={`${tableStyles.table} ${tableStyles.tall}`}>
        <thead>
          <tr>
            <th scope="col">Member</th>
            <th scope="col">Role</th>
            {permits("member:inspect") ? (
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
            {mayChange ? (
              <th scope="col" className={tableStyles.actions}>
                <span className="visuallyHidden">Actions</span>
              </th>
            ) : null}
          </tr>
        </thead>
        <PagedRows query={MembersDocument} variables={{}} pageOf={({ members }) => members} columns={columns} poll={pollMilliseconds}>
          {(member) => (
            <MemberTableRow
              key={member.id}
              member={member}
              isViewer={member.user.id === viewerId}
              changes={mayChange ? changes : null}
              invitationCount={invitations.filter(({ invitedBy }) => invitedBy?.id === member.user.id).length}
            />
          )}
        </PagedRows>
      </table>
      {mayChange && data.members.nodes.some(({ isOnlyOwner }) => isOnlyOwner) ? (
        <p className={`${tableStyles.foot} t12 muted`}>The only owner cannot leave or change role. Make another member an owner first.</p>
      ) : null}
    </>
  );
}
