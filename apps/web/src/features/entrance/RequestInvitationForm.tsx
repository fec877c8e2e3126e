"use client";
/** Sends the address of an invitation a link that proves it, since the link that an owner passed on does not. */
import { type ReactNode, useState } from "react";
import { postAccount } from "../session/account.ts";
import styles from "./entrance.module.css";
import { EntranceMessage, FormRefusal, Submit } from "./FormParts.tsx";
import { InvitationIntro } from "./InvitationIntro.tsx";
import type { Invitation } from "./invitation.ts";
import { useEntranceForm } from "./useEntranceForm.ts";

interface RequestInvitationFormProps {
  readonly token: string;
  readonly invitation: Invitation;
  /** Below the button. */
  readonly children: ReactNode;
}

export function RequestInvitationForm({ token, invitation, children }: RequestInvitationFormProps) {
  const [isSent, setIsSent] = useState(false);
  const form = useEntranceForm<never>({
    check: () => ({}),
    async submit() {
      const answer = await postAccount("/invitation-email", { token });
      if ("refusal" in answer) return answer.refusal;
      setIsSent(true);
      return null;
    },
  });
  if (isSent)
    return (
      <EntranceMessage title="Check your inbox" action={children}>
        The link to join {invitation.workspaceName} is in an e-mail to <b>{invitation.email}</b>.
      </EntranceMessage>
    );
  return (
    <form className={styles.form} method="post" noValidate onSubmit={form.onSubmit}>
      <InvitationIntro invitation={invitation} />
      <p className="second">
        The invitation is for <b>{invitation.email}</b>. We send a link to this address; open it to create an account and join.
      </p>
      <FormRefusal message={form.refusal} />
      <Submit busy={form.busy} busyLabel="Sending" disabled={form.secondsToWait > 0} shortcut="↵">
        Send me the link
      </Submit>
      {children}
    </form>
  );
}
