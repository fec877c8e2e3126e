"use client";
/** Creates an account with the address of an invitation and joins its workspace. */
import { type ReactNode, useState } from "react";
import { postAccount } from "../session/account.ts";
import { openWithNewSession } from "../session/sessionChange.ts";
import styles from "./entrance.module.css";
import { collectProblems, describeLength, findNameProblem, findPasswordProblem } from "./entries.ts";
import { Field } from "./Field.tsx";
import { FormRefusal, Submit } from "./FormParts.tsx";
import { InvitationIntro } from "./InvitationIntro.tsx";
import type { Invitation } from "./invitation.ts";
import { PasswordField } from "./PasswordField.tsx";
import { useEntranceForm } from "./useEntranceForm.ts";

interface JoinFormProps {
  readonly token: string;
  readonly invitation: Invitation;
  /** Below the button. */
  readonly children: ReactNode;
}

export function JoinForm({ token, invitation, children }: JoinFormProps) {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const form = useEntranceForm<"name" | "password">({
    check: () => collectProblems({ name: findNameProblem(name), password: findPasswordProblem(password) }),
    async submit() {
      const answer = await postAccount("/join", { token, name: name.trim(), password });
      if ("refusal" in answer) return answer.refusal;
      openWithNewSession("/");
      return "leaving";
    },
  });
  return (
    <form className={styles.form} method="post" noValidate onSubmit={form.onSubmit}>
      <InvitationIntro invitation={invitation} />
      <Field
        label="E-mail"
        aside="fixed by the invitation"
        name="email"
        type="email"
        autoComplete="username"
        readOnly
        value={invitation.email}
      />
      <Field
        label="Your handle"
        aside="shown beside your runs"
        name="handle"
        autoComplete="nickname"
        autoFocus
        maxLength={100}
        value={name}
        problem={form.problems.name}
        onValue={setName}
      />
      <PasswordField
        label="Password"
        name="password"
        autoComplete="new-password"
        aside={describeLength(password)}
        value={password}
        problem={form.problems.password}
        onValue={setPassword}
      />
      <FormRefusal message={form.refusal} />
      <Submit busy={form.busy} busyLabel="Creating the account" disabled={form.secondsToWait > 0} shortcut="↵">
        Create the account and join
      </Submit>
      {children}
    </form>
  );
}
