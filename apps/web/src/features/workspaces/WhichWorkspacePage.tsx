"use client";
/** The page of a short address that several of the user's workspaces have: it lists them. */
import { EntranceFrame } from "../entrance/EntranceFrame.tsx";
import type { Account } from "../session/account.ts";
import { WorkspaceLinks } from "./WorkspaceLinks.tsx";
import styles from "./Workspaces.module.css";

interface WhichWorkspacePageProps {
  readonly account: Account | null;
  /** The page's address without a workspace. */
  readonly page: string;
  /** Slugs of the workspaces that have it; null if that is unknown. */
  readonly among: readonly string[] | null;
}

export function WhichWorkspacePage({ account, page, among }: WhichWorkspacePageProps) {
  return (
    <EntranceFrame {...(account === null ? {} : { note: account.email })}>
      <div className={styles.section}>
        <h1>Which workspace?</h1>
        <p className="second">
          {among === null ? (
            <>
              Choose the workspace in which to open <code>{page}</code>.
            </>
          ) : (
            <>
              <code>{page}</code> exists in several of your workspaces. Choose where to open it.
            </>
          )}
        </p>
        <WorkspaceLinks page={page} {...(among === null ? {} : { among })} />
      </div>
    </EntranceFrame>
  );
}
