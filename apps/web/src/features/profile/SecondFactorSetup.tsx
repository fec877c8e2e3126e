"use client";
/** Adds the account to an authenticator app: the key to enter there, the backup codes, and a first code that proves that the app has it. */
import { useState } from "react";
import { collectProblems } from "../entrance/entries.ts";
import { Field } from "../entrance/Field.tsx";
import { FormRefusal } from "../entrance/FormParts.tsx";
import { useEntranceForm } from "../entrance/useEntranceForm.ts";
import { Button } from "../marks/Button.tsx";
import { CopyButton } from "../marks/CopyButton.tsx";
import { QrCode } from "../marks/QrCode.tsx";
import { postAccount } from "../session/account.ts";
import { replaceSession } from "../session/sessionReplacement.ts";
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
      const answer = await replaceSession(() => postAccount("/two-factor/verify-totp", { code: code.replaceAll(/\s/g, "") }));
      if ("refusal" in answer)
        return answer.refusal.code === "INVALID_CODE"
          ? {
              ...answer.refusal,
              message: "This is not the code that the app shows now. Check the key in the app and the clock on your phone.",
            }
          : answer.refusal;
      onDone();
      return null;
    },
  });
  return (
    <div className={styles.setup}>
      <div className={styles.scan}>
        <h3>Scan with an authenticator app</h3>
        <QrCode text={enrolment.totpURI} label="QR code with the key for an authenticator app" />
        <p className="t12 muted">
          The app is on this device?{" "}
          <a className="link" href={enrolment.totpURI}>
            Open it there
          </a>
          .
        </p>
      </div>
      <div>
        <div className="sectionHead">
          <h3>Or enter the key</h3>
          <CopyButton text={secret} />
        </div>
        <p className={`${styles.secret} n`}>{secret.replaceAll(/(.{4})(?=.)/g, "$1 ")}</p>
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
