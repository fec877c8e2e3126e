"use client";
/** Chooses a new password by the link of an e-mail. The link does not sign in. */
import { useState } from "react";
import { ButtonLink } from "../marks/Button.tsx";
import { postAccount } from "../session/account.ts";
import { AccessChoices, useAccessChoice } from "./AccessChoices.tsx";
import { EntranceFrame } from "./EntranceFrame.tsx";
import styles from "./entrance.module.css";
import { collectProblems, describeLength, findPasswordProblem } from "./entries.ts";
import { EntranceMessage, FormRefusal, Submit } from "./FormParts.tsx";
import { ClosedLink, LinkSkeleton } from "./LinkStates.tsx";
import { PasswordField } from "./PasswordField.tsx";
import { isSpent, useDescribedLink } from "./useDescribedLink.ts";
import { useEntranceForm } from "./useEntranceForm.ts";

export function ResetPage({ token }: { token: string }) {
  const { link: described, retry } = useDescribedLink<{ expiresAt: string }>("/reset-link", token);
  const [password, setPassword] = useState("");
  const [choice, setChoice] = useAccessChoice();
  const [outcome, setOutcome] = useState<"changed" | "spent" | null>(null);
  const form = useEntranceForm<"password">({
    check: () => collectProblems({ password: findPasswordProblem(password) }),
    async submit() {
      const answer = await postAccount("/reset-password", { token, newPassword: password, ...choice });
      if ("refusal" in answer && answer.refusal.code !== "INVALID_TOKEN") return answer.refusal;
      setOutcome("refusal" in answer ? "spent" : "changed");
      return null;
    },
  });
  if (outcome === "changed")
    return (
      <EntranceFrame>
        <EntranceMessage
          title="Your password is changed"
          action={
            <ButtonLink look="primary" href="/sign-in">
              Sign in
            </ButtonLink>
          }
        >
          {choice.endSessions ? "Every session of your account is signed out. " : null}
          {choice.revokeKeys ? "Your API keys are revoked. " : null}
          Sign in with the new password.
        </EntranceMessage>
      </EntranceFrame>
    );
  if (described.state === "loading")
    return (
      <EntranceFrame>
        <LinkSkeleton />
      </EntranceFrame>
    );
  if (described.state === "closed" && !isSpent(described.refusal))
    return (
      <EntranceFrame>
        <ClosedLink refusal={described.refusal} onRetry={retry}>
          {null}
        </ClosedLink>
      </EntranceFrame>
    );
  if (outcome === "spent" || described.state === "closed")
    return (
      <EntranceFrame>
        <EntranceMessage title="This link does not work" action={<ButtonLink href="/reset">Send another link</ButtonLink>}>
          It was used already, has expired, or was replaced by a later one. Your password was not changed.
        </EntranceMessage>
      </EntranceFrame>
    );
  return (
    <EntranceFrame footNote="The link works once.">
      <form className={styles.form} method="post" noValidate onSubmit={form.onSubmit}>
        <div className={styles.intro}>
          <h1>Choose a new password</h1>
        </div>
        <PasswordField
          label="New password"
          name="password"
          autoComplete="new-password"
          autoFocus
          aside={describeLength(password)}
          value={password}
          problem={form.problems.password}
          onValue={setPassword}
        />
        <AccessChoices choice={choice} onChoice={setChoice} sessionsLabel="Sign out all my sessions" />
        <FormRefusal message={form.refusal} />
        <Submit busy={form.busy} busyLabel="Changing the password" disabled={form.secondsToWait > 0} shortcut="↵">
          Change the password
        </Submit>
      </form>
    </EntranceFrame>
  );
}
