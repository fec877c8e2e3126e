"use client";
/** Changes the e-mail address: a link goes to the new one, and only opening it makes the change. */
import { useState } from "react";
import { collectProblems, findEmailProblem } from "../entrance/entries.ts";
import { Field } from "../entrance/Field.tsx";
import { FormRefusal } from "../entrance/FormParts.tsx";
import { PasswordField } from "../entrance/PasswordField.tsx";
import { useEntranceForm } from "../entrance/useEntranceForm.ts";
import { Button } from "../marks/Button.tsx";
import { postAccount } from "../session/account.ts";
import styles from "./Profile.module.css";

export function EmailForm({ email }: { readonly email: string }) {
  const [next, setNext] = useState("");
  const [password, setPassword] = useState("");
  const [sentTo, setSentTo] = useState<string | null>(null);
  const form = useEntranceForm<"email" | "password">({
    check: () =>
      collectProblems({
        email: next.trim().toLowerCase() === email.toLowerCase() ? "This is your present address." : findEmailProblem(next),
        password: password === "" ? "Enter your present password." : undefined,
      }),
    async submit() {
      setSentTo(null);
      const answer = await postAccount<{ email: string }>("/email", { email: next.trim(), password });
      if ("refusal" in answer) return answer.refusal;
      setSentTo(answer.data.email);
      setNext("");
      setPassword("");
      return null;
    },
  });
  return (
    <form className={styles.form} method="post" noValidate onSubmit={form.onSubmit} aria-label="E-mail">
      <h2>E-mail</h2>
      <Field
        label="New address"
        aside={`now ${email}`}
        name="newEmail"
        type="email"
        autoComplete="off"
        value={next}
        problem={form.problems.email}
        onValue={setNext}
      />
      <PasswordField
        label="Password, to confirm"
        name="emailPassword"
        autoComplete="current-password"
        value={password}
        problem={form.problems.password}
        onValue={setPassword}
      />
      <p className="t12 muted" role="status">
        {sentTo === null
          ? "A link goes to the new address. Your address changes when you open it here, signed in."
          : `If ${sentTo} is free, a link is on its way to it. It works for a day. Until you open it, your address stays ${email}.`}
      </p>
      <FormRefusal message={form.refusal} />
      <Button type="submit" disabled={form.busy || form.secondsToWait > 0}>
        {form.busy ? "Sending" : "Send the link"}
      </Button>
    </form>
  );
}
