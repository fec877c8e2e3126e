"use client";
/** Open invitations to the viewer's verified address, each joined with one click. */
import { workspaceAddress } from "@pareidolia/core/workspaceAddress";
import { useState } from "react";
import { useAllPages } from "../../graphql/client/useAllPages.ts";
import { ReceivedInvitationsDocument, type ReceivedInvitationsQuery } from "../../graphql/generated/graphql.ts";
import { type AcceptedInvitation, formatExpiry } from "../entrance/invitation.ts";
import { Button } from "../marks/Button.tsx";
import { WholeListTools } from "../marks/WholeListTools.tsx";
import { postAccount } from "../session/account.ts";
import { invitationsFile, receivedInvitationsQuery } from "./receivedInvitations.ts";
import styles from "./Workspaces.module.css";

const invitationsOf = ({ viewer }: ReceivedInvitationsQuery) => viewer.invitations;

export function OwnInvitations() {
  const { nodes: invitations = [] } = useAllPages(ReceivedInvitationsDocument, {}, invitationsOf);
  const [joining, setJoining] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  if (invitations.length === 0) return null;
  const join = async (invitationId: string) => {
    setJoining(invitationId);
    const answer = await postAccount<AcceptedInvitation>("/accept", { invitationId });
    if ("data" in answer) return location.replace(workspaceAddress(answer.data.workspaceSlug, "/"));
    setJoining(null);
    setProblem(answer.refusal.message);
  };
  return (
    <section aria-labelledby="invitations" className={styles.section}>
      <h2 id="invitations">Invitations</h2>
      <div className={styles.rows}>
        <WholeListTools name="invitations" rows={invitations} columns={invitationsFile} query={receivedInvitationsQuery} />
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
