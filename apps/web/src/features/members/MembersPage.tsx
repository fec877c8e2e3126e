"use client";
/** The workspace's members, open invitations and keys, and what each role may do. Only owners can make changes. */
import { parseAsBoolean, useQueryState } from "nuqs";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { InvitationsDocument } from "../../graphql/generated/graphql.ts";
import { KeySection } from "../apiKeys/KeySection.tsx";
import { Button } from "../marks/Button.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { formatCount, formatTotal } from "../marks/numbers.ts";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { useShortcut } from "../marks/useShortcut.ts";
import { usePermissions } from "../permissions/usePermissions.ts";
import { QuotaBox } from "../quotas/QuotaBox.tsx";
import pageStyles from "../settings/SettingsPage.module.css";
import { SettingsPage } from "../settings/SettingsPage.tsx";
import { useSettings } from "../settings/useSettings.ts";
import { InvitationTable } from "./InvitationTable.tsx";
import { InviteDialog } from "./InviteDialog.tsx";
import { LeaveWorkspace } from "./LeaveWorkspace.tsx";
import { MemberTable } from "./MemberTable.tsx";
import { RoleList } from "./RoleList.tsx";
import { useMemberChanges } from "./useMemberChanges.ts";

const pollMilliseconds = 5_000;

export function MembersPage() {
  const { data, error, refetch } = useSettings();
  const { may, permits } = usePermissions();
  const mayInvite = may("inviteMember");
  const seesInvitations = permits("invitation:read");
  const [inviting, setInviting] = useQueryState("invite", parseAsBoolean.withDefault(false));
  const changes = useMemberChanges();
  const open = useLiveQuery({ query: InvitationsDocument, pause: !seesInvitations, poll: pollMilliseconds });
  const invitations = open.data?.invitations ?? [];
  useShortcut("i", () => void setInviting(true), { preventDefault: true, enabled: mayInvite });
  return (
    <SettingsPage
      tab="Members"
      names={["invite"]}
      summary={
        data === undefined ? (
          "People, invitations and keys"
        ) : (
          <>
            <span className="n12">{formatTotal(data.members.totalCount, data.members.totalCountIsCapped)}</span>{" "}
            {data.members.totalCount === 1 ? "member" : "members"}
            {seesInvitations ? (
              <>
                , <span className="n12">{formatCount(invitations.length)}</span> open{" "}
                {invitations.length === 1 ? "invitation" : "invitations"}
              </>
            ) : null}
            , <span className="n12">{formatTotal(data.apiKeys.totalCount, data.apiKeys.totalCountIsCapped)}</span>{" "}
            {data.apiKeys.totalCount === 1 ? "key" : "keys"}
          </>
        )
      }
      actions={
        mayInvite ? (
          <Button look="primary" needs="inviteMember" shortcut="I" aria-keyshortcuts="I" onClick={() => void setInviting(true)}>
            Invite
          </Button>
        ) : undefined
      }
    >
      {data === undefined ? (
        error ? (
          <RequestError message={error.message} onRetry={refetch} />
        ) : (
          <SkeletonLines count={6} height={48} />
        )
      ) : (
        <div className={pageStyles.columns}>
          <div className={pageStyles.sections}>
            <section aria-label="Members">
              <MemberTable viewerId={data.viewer.user.id} changes={changes} invitations={invitations} />
            </section>
            {open.data !== undefined ? <InvitationTable invitations={invitations} /> : null}
            <KeySection settings={data} valid />
          </div>
          <aside aria-label="Quotas, roles and workspace">
            <QuotaBox />
            <RoleList />
            <LeaveWorkspace workspaceName={data.viewer.workspace.name} />
          </aside>
        </div>
      )}
      {mayInvite ? <InviteDialog open={inviting} onClose={() => void setInviting(false)} /> : null}
    </SettingsPage>
  );
}
