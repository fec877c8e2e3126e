"use client";
/** The second step of signing in, for accounts with a second factor. */
import { useId, useState } from "react";
import { Button } from "../marks/Button.tsx";
import type { Refusal } from "../session/account.ts";
import styles from "./entrance.module.css";
import { collectProblems } from "./entries.ts";
import { Field } from "./Field.tsx";
import { FormRefusal, Submit } from "./FormParts.tsx";
import { enterCode } from "./signIn.ts";
import { useEntranceForm } from "./useEntranceForm.ts";

interface CodeFormProps {
  /** Continues once the user is signed in. */
  readonly onSignedIn: () => Promise<Refusal | "leaving">;
  readonly onBack: () => void;
}

export function CodeForm({ onSignedIn, onBack }: CodeFormProps) {
  const [code, setCode] = useState("");
  const [trusted, setTrusted] = useState(false);
  const trustId = useId();
  const form = useEntranceForm<"code">({
    check: () => collectProblems({ code: code.trim() === "" ? "Enter the code." : undefined }),
    submit: async () => (await enterCode(code, trusted)) ?? onSignedIn(),
  });
  return (
    <form className={styles.form} method="post" noValidate onSubmit={form.onSubmit}>
      <div className={styles.intro}>
        <h1>Enter the code</h1>
        <p className="second">Your account has a second factor: enter the six digits of your authenticator app, or a backup code.</p>
      </div>
      <Field
        label="Code"
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        autoCapitalize="none"
        autoFocus
        maxLength={40}
        value={code}
        problem={form.problems.code}
        onValue={setCode}
      />
      <div className={styles.check}>
        <input id={trustId} type="checkbox" checked={trusted} onChange={(event) => setTrusted(event.target.checked)} />
        <label htmlFor={trustId}>Trust this browser for 30 days</label>
        <span className="t12 muted">It then signs in by password alone.</span>
      </div>
      <FormRefusal message={form.refusal} />
      <Submit busy={form.busy} busyLabel="Signing in" disabled={form.secondsToWait > 0}>
        Sign in
      </Submit>
      <Button look="quiet" onClick={onBack}>
        Use another account
      </Button>
    </form>
  );
}
