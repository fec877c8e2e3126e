"use client";
/** The page of a signed-in user who is a member of no workspace: restore a deleted one, create one, or sign out. */
import { useMemo, useState } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { WorkspaceSettingsDocument } from "../../graphql/generated/graphql.ts";
import { EntranceFrame } from "../entrance/EntranceFrame.tsx";
import { Button } from "../marks/Button.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { QueryAccessContext } from "../queries/queryAccess.ts";
import type { Account } from "../session/account.ts";
import { useSignOut } from "../session/useSignOut.ts";
import { DeletedWorkspaces } from "./DeletedWorkspaces.tsx";
import { NewWorkspaceForm } from "./NewWorkspaceForm.tsx";
import { OwnInvitations } from "./OwnInvitations.tsx";
import { SuspensionNotes } from "./SuspensionNotes.tsx";
import styles from "./Workspaces.module.css";

/** An invitation may be accepted, or a membership restored, while the page is open. */
const pollMilliseconds = 15_000;

export function NoWorkspacePage({ account }: { readonly account: Account | null }) {
  const { data, error, refetch } = useLiveQuery({ query: WorkspaceSettingsDocument, poll: pollMilliseconds });
  const [problem, setProblem] = useState<string | null>(null);
  const { busy, signOut } = useSignOut();
  const needsKey = account !== null;
  const access = useMemo(() => ({ needsKey, headers: {} }), [needsKey]);
  const suspensions = data?.viewer.suspensions ?? [];
  const joined = data?.viewer.workspaces.some(({ deletedAt }) => deletedAt == null) ?? false;
  return (
    <EntranceFrame {...(account === null ? {} : { note: account.email })}>
      <div className={styles.sections}>
        <section className={styles.section}>
          {suspensions.length === 0 ? (
            <>
              <h1>You belong to no workspace</h1>
              <p className="second">
                Your account works, but no workspace is open to you: you have not joined one yet, you left, an owner removed you, or the
                workspace was deleted. To join one, ask one of its owners for an invitation.
              </p>
            </>
          ) : (
            <SuspensionNotes suspensions={suspensions} />
          )}
        </section>
        {data === undefined ? (
          error ? (
            <RequestError message={error.message} onRetry={refetch} />
          ) : (
            <SkeletonLines count={2} height={48} />
          )
        ) : null}
        {joined ? (
          <Button look="primary" onClick={() => location.replace("/")}>
            Open your workspace
          </Button>
        ) : null}
        <OwnInvitations />
        <QueryAccessContext value={access}>
          <DeletedWorkspaces workspaces={data?.viewer.workspaces ?? []} onRestored={() => location.replace("/")} />
        </QueryAccessContext>
        <NewWorkspaceForm />
        <section className={styles.section}>
          <Button disabled={busy} onClick={() => void signOut().then(setProblem)}>
            {busy ? "Signing out" : "Sign out"}
          </Button>
          {problem === null ? null : (
            <p className="fieldError" role="alert">
              {problem}
            </p>
          )}
        </section>
      </div>
    </EntranceFrame>
  );
}
