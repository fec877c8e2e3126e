"use client";
/** The workspace's name, who may read its experiments, its owner, and its deletion. */
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { WorkspaceSettingsDocument } from "../../graphql/generated/graphql.ts";
import { RequestError } from "../marks/ErrorState.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { LeaveWorkspace } from "../members/LeaveWorkspace.tsx";
import { usePermissions } from "../permissions/usePermissions.ts";
import { SettingsPage } from "../settings/SettingsPage.tsx";
import { useSettings } from "../settings/useSettings.ts";
import { DeletedWorkspaces } from "./DeletedWorkspaces.tsx";
import { DeleteWorkspace } from "./DeleteWorkspace.tsx";
import { TransferOwnership } from "./TransferOwnership.tsx";
import { WorkspaceName } from "./WorkspaceName.tsx";
import styles from "./Workspaces.module.css";

export function GeneralPage() {
  const { data, error, refetch } = useSettings();
  const { may } = usePermissions();
  const workspaces = useLiveQuery({ query: WorkspaceSettingsDocument }).data?.viewer.workspaces ?? [];
  return (
    <SettingsPage tab="General" summary="The workspace, and who may read its experiments">
      {data === undefined ? (
        error ? (
          <RequestError message={error.message} onRetry={refetch} />
        ) : (
          <SkeletonLines count={5} height={48} />
        )
      ) : (
        <div className={styles.sections}>
          {may("renameWorkspace") ? <WorkspaceName workspaceId={data.viewer.workspace.id} name={data.viewer.workspace.name} /> : null}
          <section aria-labelledby="visibility" className={styles.section}>
            <h2 id="visibility">Visibility</h2>
            <p className="second">
              New experiments are <b>private</b>: only members read them. An owner makes an experiment public, or unlisted with a link, on
              its page.
            </p>
          </section>
          {may("transferWorkspace") ? <TransferOwnership viewerId={data.viewer.user.id} /> : null}
          <LeaveWorkspace workspaceName={data.viewer.workspace.name} />
          {may("deleteWorkspace") ? (
            <DeleteWorkspace
              workspaceId={data.viewer.workspace.id}
              name={data.viewer.workspace.name}
              memberCount={data.members.totalCount}
            />
          ) : null}
          <DeletedWorkspaces workspaces={workspaces} />
        </div>
      )}
    </SettingsPage>
  );
}
