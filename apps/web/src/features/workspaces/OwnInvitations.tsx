"use client";
/** Open invitations to the viewer's verified address, each joined with one click. */
import { useEffect, useState } from "react";
import { formatExpiry, type Invitation } from "../entrance/invitation.ts";
import { Button } from "../marks/Button.tsx";
import type { CsvValue } from "../marks/csv.ts";
import { WholeListTools } from "../marks/WholeListTools.tsx";
import { postAccount, readAccount } from "../session/account.ts";
import { openWithNewSession } from "../session/sessionChange.ts";
import styles from "./Workspaces.module.css";

type OwnInvitation = Pick<Invitation, "role" | "expiresAt" | "workspaceName"> & { readonly id: string };

const invitationsFile: Readonly<Record<string, (row: OwnInvitation) => CsvValue>> = {
  workspace: ({ workspaceName }) => workspaceName,
  role: ({ role }) => role,
  expires: ({ expiresAt }) => expiresAt,
};

export function OwnInvitations() {
  const [invitations, setInvitations] = useState<readonly OwnInvitation[]>([]);
  const [joining, setJoining] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void readAccount<readonly OwnInvitation[]>("/invitations").then((answer) => {
      if (isCurrent && "data" in answer) setInvitations(answer.data);
    });
    return () => {
      isCurrent = false;
    };
  }, []);
  if (invitations.length === 0) return null;
  const join = async (invitationId: string) => {
    setJoining(invitationId);
    const answer = await postAccount("/accept", { invitationId });
    if ("data" in answer) return openWithNewSession("/");
    setJoining(null);
    setProblem(answer.refusal.message);
  };
  return (
    <section aria-labelledby="invitations" className={styles.section}>
      <h2 id="invitations">Invitations</h2>
      <div className={styles.rows}>
        <WholeListTools name="invitations" rows={invitations} columns={invitationsFile} query={null} />
        <ul>
          {invitations.map((invitation) => (
            <li key={invitation.id}>
              <span>
                <b>{invitation.workspaceName}</b>
                <span className="t12 muted">
                  {" "}
                  as {invitation.role.toLowerCase()}, until {formatExpiry(invitation)}
                </span>
              </span>
              <Button look="primary" disabled={joining !== null} onClick={() => void join(invitation.id)}>
                {joining === invitation.id ? "Joining" : "Join"}
                <span className="visuallyHidden"> {invitation.workspaceName}</span>
              </Button>
            </li>
          ))}
        </ul>
      </div>
      {problem === null ? null : (
        <p className="fieldError" role="alert">
          {problem}
        </p>
      )}
    </section>
  );
}
