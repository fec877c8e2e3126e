"use client";
/** Joins the workspace of an invitation with the account that its address has, after signing in if necessary. */
import { workspaceAddress } from "@pareidolia/core/workspaceAddress";
import { type ReactNode, useState } from "react";
import { Link } from "../marks/Link.tsx";
import { postAccount, type Refusal } from "../session/account.ts";
import { openWithNewSession } from "../session/sessionChange.ts";
import { CodeForm } from "./CodeForm.tsx";
import styles from "./entrance.module.css";
import { collectProblems } from "./entries.ts";
import { Field } from "./Field.tsx";
import { FormRefusal, Submit } from "./FormParts.tsx";
import { InvitationIntro } from "./InvitationIntro.tsx";
import type { AcceptedInvitation, Invitation } from "./invitation.ts";
import { PasswordField } from "./PasswordField.tsx";
import { signIn } from "./signIn.ts";
import { useEntranceForm } from "./useEntranceForm.ts";

interface AcceptFormProps {
  readonly token: string;
  readonly invitation: Invitation;
  readonly isSignedIn: boolean;
  /** Below the button. */
  readonly children: ReactNode;
}

export function AcceptForm({ token, invitation, isSignedIn, children }: AcceptFormProps) {
  const [password, setPassword] = useState("");
  const [needsCode, setNeedsCode] = useState(false);
  const accept = async (): Promise<Refusal | "leaving"> => {
    const answer = await postAccount<AcceptedInvitation>("/accept", { token });
    if ("refusal" in answer) return answer.refusal;
    openWithNewSession(workspaceAddress(answer.data.workspaceSlug, "/"));
    return "leaving";
  };
  const form = useEntranceForm<"password">({
    check: () => collectProblems({ password: !isSignedIn && password === "" ? "Enter your password." : undefined }),
    async submit() {
      const answer = isSignedIn ? null : await signIn(invitation.email, password);
      if (answer === null) return accept();
      if (answer !== "code") return answer;
      setNeedsCode(true);
      return null;
    },
  });
  if (needsCode) return <CodeForm onSignedIn={accept} onBack={() => setNeedsCode(false)} />;
  return (
    <form className={styles.form} method="post" noValidate onSubmit={form.onSubmit}>
      <InvitationIntro invitation={invitation} />
      {isSignedIn ? (
        <p className="second">
          You are signed in as <b>{invitation.email}</b>.
        </p>
      ) : (
        <>
          <Field
            label="E-mail"
            aside="the account's address"
            name="email"
            type="email"
            autoComplete="username"
            readOnly
            value={invitation.email}
          />
          <PasswordField
            label="Password"
            name="password"
            autoComplete="current-password"
            autoFocus
            aside={
              <Link className="link" href="/reset">
                Forgot it
              </Link>
            }
            value={password}
            problem={form.problems.password}
            onValue={setPassword}
          />
        </>
      )}
      <FormRefusal message={form.refusal} />
      <Submit busy={form.busy} busyLabel="Joining" disabled={form.secondsToWait > 0} shortcut="↵">
        {isSignedIn ? "Join the workspace" : "Sign in and join"}
      </Submit>
      {children}
    </form>
  );
}
