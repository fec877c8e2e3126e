"use client";
/** Verifies an e-mail address by the link that was sent to it, for the user who is signed in. */
import { useState } from "react";
import { ButtonLink } from "../marks/Button.tsx";
import { type Account, postAccount } from "../session/account.ts";
import { EntranceFrame } from "./EntranceFrame.tsx";
import styles from "./entrance.module.css";
import { EntranceMessage, FormRefusal, Submit } from "./FormParts.tsx";
import { signInAddress } from "./nextPath.ts";
import { useEntranceForm } from "./useEntranceForm.ts";

export function VerifyPage({ token, account }: { token: string; account: Account | null }) {
  const [verified, setVerified] = useState(false);
  const form = useEntranceForm<never>({
    check: () => ({}),
    async submit() {
      const answer = await postAccount("/verify", { token });
      if ("refusal" in answer) return answer.refusal;
      setVerified(true);
      return null;
    },
  });
  return (
    <EntranceFrame>
      {verified ? (
        <EntranceMessage title="Your e-mail address is verified" action={<ButtonLink href="/">Open Pareidolia</ButtonLink>}>
          You can now accept invitations to it.
        </EntranceMessage>
      ) : account === null ? (
        <EntranceMessage
          title="Sign in to verify your address"
          action={
            <ButtonLink look="primary" href={signInAddress(`/verify/${token}`)}>
              Sign in
            </ButtonLink>
          }
        >
          The link works only for the account that it was sent for.
        </EntranceMessage>
      ) : (
        <form className={styles.form} method="post" noValidate onSubmit={form.onSubmit}>
          <div className={styles.intro}>
            <h1>Verify your e-mail address</h1>
            <p className="second">
              You are signed in as <b className={styles.fact}>{account.email}</b>.
            </p>
          </div>
          <FormRefusal message={form.refusal} />
          <Submit busy={form.busy} busyLabel="Verifying" disabled={form.secondsToWait > 0} shortcut="↵">
            Verify the address
          </Submit>
        </form>
      )}
    </EntranceFrame>
  );
}
