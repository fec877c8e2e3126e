"use client";
/** Adds the account to an authenticator app: the key to enter there, the backup codes, and a first code that proves that the app has it. */
import { useState } from "react";
import { collectProblems } from "../entrance/entries.ts";
import { Field } from "../entrance/Field.tsx";
import { FormRefusal } from "../entrance/FormParts.tsx";
import { useEntranceForm } from "../entrance/useEntranceForm.ts";
import { Button } from "../marks/Button.tsx";
import { CopyButton } from "../marks/CopyButton.tsx";
import { postAccount } from "../session/account.ts";
import { BackupCodes } from "./BackupCodes.tsx";
import profileStyles from "./Profile.module.css";
import styles from "./SecondFactor.module.css";

/** What the API returns when the second factor is prepared. It is on only once a code was entered. */
export interface Enrolment {
  /** Starts with otpauth://totp/; its parameter `secret` is the key. */
  readonly totpURI: string;
  readonly backupCodes: readonly string[];
}

interface SecondFactorSetupProps {
  readonly enrolment: Enrolment;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

export function SecondFactorSetup({ enrolment, onDone, onCancel }: SecondFactorSetupProps) {
  const [code, setCode] = useState("");
  const secret = new URL(enrolment.totpURI).searchParams.get("secret") ?? "";
  const form = useEntranceForm<"code">({
    check: () =>
      collectProblems({ code: /^\d{6}$/.test(code.replaceAll(/\s/g, "")) ? undefined : "Enter the six digits that the app shows." }),
    async submit() {
      const answer = await postAccount("/two-factor/verify-totp", { code: code.replaceAll(/\s/g, "") });
      if ("refusal" in answer)
        return answer.refusal.code === "INVALID_CODE"
          ? { ...answer.refusal, message: "This is not the code that the app shows now. Check its key and the clock of the phone." }
          : answer.refusal;
      onDone();
      return null;
    },
  });
  return (
    <div className={styles.setup}>
      <div>
        <div className="sectionHead">
          <h3>Key for the app</h3>
          <CopyButton text={secret} />
        </div>
        <p className={`${styles.secret} n`}>{secret.replaceAll(/(.{4})(?=.)/g, "$1 ")}</p>
        <p className="t12 muted">
          Enter it in an authenticator app, or{" "}
          <a className="link" href={enrolment.totpURI}>
            open it in an app on this device
          </a>
          .
        </p>
      </div>
      <BackupCodes codes={enrolment.backupCodes} />
      <form className={profileStyles.form} method="post" noValidate onSubmit={form.onSubmit} aria-label="First code">
        <Field
          label="Code that the app shows"
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={10}
          value={code}
          problem={form.problems.code}
          onValue={setCode}
        />
        <FormRefusal message={form.refusal} />
        <span className="pageActions">
          <Button type="submit" look="primary" disabled={form.busy || form.secondsToWait > 0}>
            {form.busy ? "Checking" : "Turn on"}
          </Button>
          <Button onClick={onCancel}>Cancel</Button>
        </span>
      </form>
    </div>
  );
}
