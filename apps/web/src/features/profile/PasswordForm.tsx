"use client";
/** Changes the password, and ends other sessions and API keys unless the member keeps them. */
import { useState } from "react";
import { toast } from "sonner";
import { type AccessChoice, AccessChoices, useAccessChoice } from "../entrance/AccessChoices.tsx";
import { collectProblems, describeLength, findPasswordProblem } from "../entrance/entries.ts";
import { FormRefusal } from "../entrance/FormParts.tsx";
import { PasswordField } from "../entrance/PasswordField.tsx";
import { useEntranceForm } from "../entrance/useEntranceForm.ts";
import { Button } from "../marks/Button.tsx";
import { postAccount } from "../session/account.ts";
import { replaceSession } from "../session/sessionReplacement.ts";
import styles from "./Profile.module.css";

function describeChange({ endSessions, revokeKeys }: AccessChoice): string {
  if (endSessions && revokeKeys) return "Your password is changed, your other sessions are signed out, and your API keys are revoked.";
  if (endSessions) return "Your password is changed, and your other sessions are signed out.";
  return revokeKeys ? "Your password is changed, and your API keys are revoked." : "Your password is changed.";
}

export function PasswordForm({ email, onChanged }: { email: string; onChanged: () => void }) {
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [choice, setChoice] = useAccessChoice();
  const form = useEntranceForm<"current" | "next">({
    check: () => collectProblems({ current: current === "" ? "Enter your present password." : undefined, next: findPasswordProblem(next) }),
    async submit() {
      const change = { currentPassword: current, newPassword: next, ...choice };
      const answer = await replaceSession(() => postAccount("/change-password", change));
      if ("refusal" in answer)
        return answer.refusal.code === "INVALID_PASSWORD"
          ? { ...answer.refusal, message: "The present password is wrong. Nothing was changed." }
          : answer.refusal;
      setCurrent("");
      setNext("");
      onChanged();
      toast.success(describeChange(choice));
      return null;
    },
  });
  return (
    <form className={styles.form} method="post" noValidate onSubmit={form.onSubmit} aria-label="Password">
      <h2>Password</h2>
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <PasswordField
        label="Present password"
        name="current"
        autoComplete="current-password"
        value={current}
        problem={form.problems.current}
        onValue={setCurrent}
      />
      <PasswordField
        label="New password"
        name="next"
        autoComplete="new-password"
        aside={describeLength(next)}
        value={next}
        problem={form.problems.next}
        onValue={setNext}
      />
      <AccessChoices choice={choice} onChoice={setChoice} sessionsLabel="Sign out my other sessions" />
      <FormRefusal message={form.refusal} />
      <Button type="submit" disabled={form.busy || form.secondsToWait > 0}>
        {form.busy ? "Changing" : "Change the password"}
      </Button>
    </form>
  );
}
