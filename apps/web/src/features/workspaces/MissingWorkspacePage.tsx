"use client";
/** The page of an address in a workspace that does not exist, or is not the user's. */
import { EntranceFrame } from "../entrance/EntranceFrame.tsx";
import type { Account } from "../session/account.ts";
import { WorkspaceLinks } from "./WorkspaceLinks.tsx";
import styles from "./Workspaces.module.css";

export function MissingWorkspacePage({ account }: { readonly account: Account | null }) {
  return (
    <EntranceFrame {...(account === null ? {} : { note: account.email })}>
      <div className={styles.section}>
        <h1>Workspace not found</h1>
        <p className="second">
          Either no workspace has this address, or you are not a member of it. Ask one of its owners for an invitation, or open one of your
          own:
        </p>
        <WorkspaceLinks page="/" />
      </div>
    </EntranceFrame>
  );
}
