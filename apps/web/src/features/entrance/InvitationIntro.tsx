/** The head of an invitation's form: the workspace, who invites, the role, and until when the link works. */
import styles from "./entrance.module.css";
import { describeRole, formatExpiry, type Invitation } from "./invitation.ts";

export function InvitationIntro({ invitation }: { invitation: Invitation }) {
  return (
    <div className={styles.intro}>
      <h1 className={styles.fact}>Join {invitation.workspaceName}</h1>
      <p className="second">
        {invitation.inviterName === null ? "You are invited" : `${invitation.inviterName} invites you`} as {describeRole(invitation)}. The
        link works once, until {formatExpiry(invitation)}.
      </p>
    </div>
  );
}
