"use client";
/** The code that the program shows. A link fills it in, but the member still compares and sends it. */
import { useState } from "react";
import styles from "../entrance/entrance.module.css";
import { collectProblems } from "../entrance/entries.ts";
import { Field } from "../entrance/Field.tsx";
import { FormRefusal, Submit } from "../entrance/FormParts.tsx";
import { useEntranceForm } from "../entrance/useEntranceForm.ts";
import { postAccount } from "../session/account.ts";
import type { DeviceLogin } from "./deviceLogin.ts";

interface DeviceCodeFormProps {
  readonly code: string;
  readonly onOpened: (login: DeviceLogin) => void;
}

export function DeviceCodeForm({ code: given, onOpened }: DeviceCodeFormProps) {
  const [code, setCode] = useState(given);
  const form = useEntranceForm<"code">({
    check: () => collectProblems({ code: code.trim() === "" ? "Enter the code." : undefined }),
    async submit() {
      const answer = await postAccount<DeviceLogin>("/device/describe", { code });
      if ("refusal" in answer) return answer.refusal;
      onOpened(answer.data);
      return "leaving";
    },
  });
  return (
    <form className={styles.form} method="post" noValidate onSubmit={form.onSubmit}>
      <div className={styles.intro}>
        <h1>Approve a program</h1>
        <p className="second">
          Enter the code that the program shows in its terminal, on this computer or another. Only continue if you started it.
        </p>
      </div>
      <Field
        label="Code"
        aside="8 letters"
        name="code"
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        autoFocus
        maxLength={40}
        value={code}
        problem={form.problems.code}
        onValue={setCode}
      />
      <FormRefusal message={form.refusal} />
      <Submit busy={form.busy} busyLabel="Checking the code" disabled={form.secondsToWait > 0} shortcut="↵">
        Continue
      </Submit>
    </form>
  );
}
