"use client";
/** Requires the password again before a change to how the user signs in. */
import { useState } from "react";
import { collectProblems } from "../entrance/entries.ts";
import { FormRefusal } from "../entrance/FormParts.tsx";
import { PasswordField } from "../entrance/PasswordField.tsx";
import { useEntranceForm } from "../entrance/useEntranceForm.ts";
import { Button } from "../marks/Button.tsx";
import type { Refusal } from "../session/account.ts";
import styles from "./Profile.module.css";

interface ConfirmPasswordProps {
  readonly label: string;
  /** Returns the refusal; null if the change was made. */
  readonly onPassword: (password: string) => Promise<Refusal | null>;
  readonly onCancel: () => void;
}

export function ConfirmPassword({ label, onPassword, onCancel }: ConfirmPasswordProps) {
  const [password, setPassword] = useState("");
  const form = useEntranceForm<"password">({
    check: () => collectProblems({ password: password === "" ? "Enter your password." : undefined }),
    async submit() {
      const refusal = await onPassword(password);
      return refusal?.code === "INVALID_PASSWORD" ? { ...refusal, message: "The password is wrong. Nothing was changed." } : refusal;
    },
  });
  return (
    <form className={styles.form} method="post" noValidate onSubmit={form.onSubmit} aria-label={label}>
      <PasswordField
        label="Your password"
        name="password"
        autoComplete="current-password"
        autoFocus
        value={password}
        problem={form.problems.password}
        onValue={setPassword}
      />
      <FormRefusal message={form.refusal} />
      <span className="pageActions">
        <Button type="submit" look="primary" disabled={form.busy || form.secondsToWait > 0}>
          {form.busy ? "Checking" : label}
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </span>
    </form>
  );
}
