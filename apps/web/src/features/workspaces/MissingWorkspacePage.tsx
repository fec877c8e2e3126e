"use client";
/** The page of an address in a workspace that does not exist, is not the user's, or in which the user is suspended. */
import { readWorkspaceAddress } from "@pareidolia/core/workspaceAddress";
import { useEffect } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { WorkspaceSettingsDocument } from "../../graphql/generated/graphql.ts";
import { EntranceFrame } from "../entrance/EntranceFrame.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import type { Account } from "../session/account.ts";
import { SuspensionNotes } from "./SuspensionNotes.tsx";
import { WorkspaceLinks } from "./WorkspaceLinks.tsx";
import styles from "./Workspaces.module.css";

/** An owner may restore the access while the page is open. */
const pollMilliseconds = 15_000;

export function MissingWorkspacePage({ account }: { readonly account: Account | null }) {
  const { data, error } = useLiveQuery({ query: WorkspaceSettingsDocument, poll: pollMilliseconds });
  // The page is shown at the address of another one, which only the browser knows.
  const slug = data === undefined ? null : readWorkspaceAddress(location.pathname).slug;
  const suspensions = data?.viewer.suspensions.filter((suspension) => suspension.slug === slug) ?? [];
  const isMember = data?.viewer.workspaces.some((workspace) => workspace.slug === slug && workspace.deletedAt == null) ?? false;
  useEffect(() => {
    if (isMember) location.reload();
  }, [isMember]);
  return (
    <EntranceFrame {...(account === null ? {} : { note: account.email })}>
      <div className={styles.section}>
        {data === undefined && error === undefined ? (
          <SkeletonLines count={3} height={32} />
        ) : suspensions.length > 0 ? (
          <>
            <SuspensionNotes suspensions={suspensions} />
            <p className="second">You may open another of your workspaces:</p>
          </>
        ) : (
          <>
            <h1>Workspace not found</h1>
            <p className="second">
              Either no workspace has this address, or you are not a member of it. Ask one of its owners for an invitation, or open one of
              your own:
            </p>
          </>
        )}
        {data === undefined && error === undefined ? null : <WorkspaceLinks page="/" />}
      </div>
    </EntranceFrame>
  );
}
