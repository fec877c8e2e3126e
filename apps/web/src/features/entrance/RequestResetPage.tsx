"use client";
/** Requests an e-mail with a link to choose a new password. The answer is the same for every address. */
import { useState } from "react";
import { ButtonLink } from "../marks/Button.tsx";
import { Link } from "../marks/Link.tsx";
import { postAccount } from "../session/account.ts";
import { EntranceFrame } from "./EntranceFrame.tsx";
import styles from "./entrance.module.css";
import { collectProblems, findEmailProblem } from "./entries.ts";
import { Field } from "./Field.tsx";
import { EntranceMessage, FormRefusal, Submit } from "./FormParts.tsx";
import { useEntranceForm } from "./useEntranceForm.ts";

/** `sendsEmails` is null if the API did not answer. */
export function RequestResetPage({ sendsEmails }: { sendsEmails: boolean | null }) {
  const [email, setEmail] = useState("");
  const [sent, setSent] = useState(false);
  const form = useEntranceForm<"email">({
    check: () => collectProblems({ email: findEmailProblem(email) }),
    async submit() {
      const answer = await postAccount("/request-password-reset", { email: email.trim() });
      if ("refusal" in answer) return answer.refusal;
      setSent(true);
      return null;
    },
  });
  if (sent)
    return (
      <EntranceFrame>
        <EntranceMessage title="Check your e-mail" action={<ButtonLink href="/sign-in">Back to sign-in</ButtonLink>}>
          If <b className={styles.fact}>{email.trim()}</b> has an account, an e-mail with a link is on its way, or reached it within the
          last half hour. The link works once, within an hour.
          {sendsEmails === false
            ? " This installation has no mail server: its operator finds the link in the file unsent-emails.txt."
            : null}
        </EntranceMessage>
      </EntranceFrame>
    );
  return (
    <EntranceFrame>
      <form className={styles.form} method="post" noValidate onSubmit={form.onSubmit}>
        <div className={styles.intro}>
          <h1>Choose a new password</h1>
          <p className="second">Enter the e-mail address of your account. It gets a link to choose a new password.</p>
        </div>
        <Field
          label="E-mail"
          name="email"
          type="email"
          autoComplete="username"
          autoFocus
          value={email}
          problem={form.problems.email}
          onValue={setEmail}
        />
        <FormRefusal message={form.refusal} />
        <Submit busy={form.busy} busyLabel="Sending" disabled={form.secondsToWait > 0}>
          Send the link
        </Submit>
        <p className={`${styles.after} t12 muted`}>
          <Link className="link" href="/sign-in">
            Back to sign-in
          </Link>
        </p>
      </form>
    </EntranceFrame>
  );
}
