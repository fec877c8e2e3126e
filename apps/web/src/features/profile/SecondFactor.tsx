"use client";
/** Turns the second factor on and off: codes of an authenticator app, and backup codes for when it is lost. */
import { useEffect, useRef, useState } from "react";
import { toast } from "sonner";
import { Button } from "../marks/Button.tsx";
import { postAccount, type Refusal, readAccount } from "../session/account.ts";
import { replaceSession } from "../session/sessionReplacement.ts";
import { BackupCodes } from "./BackupCodes.tsx";
import { ConfirmPassword } from "./ConfirmPassword.tsx";
import styles from "./SecondFactor.module.css";
import { type Enrolment, SecondFactorSetup } from "./SecondFactorSetup.tsx";

interface SecondFactorProps {
  readonly isOn: boolean;
  /** Called when other sessions have ended. */
  readonly onChanged: () => void;
}

type Step =
  | { readonly name: "idle" }
  | { readonly name: "password"; readonly action: "enable" | "disable" | "renew" }
  | { readonly name: "setup"; readonly enrolment: Enrolment }
  | { readonly name: "codes"; readonly codes: readonly string[] };

const idle: Step = { name: "idle" };

/** "7 backup codes are left."; undefined until the count is known. */
function useCodesLeft(isOn: boolean): string | undefined {
  const [left, setLeft] = useState<number | null>(null);
  useEffect(() => {
    if (!isOn) return undefined;
    let isCurrent = true;
    void readAccount<{ left: number | null }>("/backup-codes").then((answer) => {
      if (isCurrent && "data" in answer) setLeft(answer.data.left);
    });
    return () => {
      isCurrent = false;
    };
  }, [isOn]);
  if (left === null) return undefined;
  return left === 1 ? "One backup code is left." : `${left === 0 ? "No" : left} backup codes are left.`;
}

export function SecondFactor({ isOn: wasOn, onChanged }: SecondFactorProps) {
  const [isOn, setOn] = useState(wasOn);
  const [step, setStep] = useState<Step>(idle);

  const codesLeft = useCodesLeft(isOn && step.name === "idle");
  const heading = useRef<HTMLHeadingElement>(null);

  const actions = {
    enable: {
      label: "Continue",
      run: async (password: string): Promise<Refusal | null> => {
        const answer = await postAccount<Enrolment>("/two-factor/enable", { password });
        if ("refusal" in answer) return answer.refusal;
        setStep({ name: "setup", enrolment: answer.data });
        return null;
      },
    },
    disable: {
      label: "Turn off",
      run: async (password: string): Promise<Refusal | null> => {
        const answer = await replaceSession(() => postAccount("/two-factor/disable", { password }));
        if ("refusal" in answer) return answer.refusal;
        setOn(false);
        setStep(idle);
        toast.success("The second factor is off. Your password alone signs in.");
        return null;
      },
    },
    renew: {
      label: "Make new codes",
      run: async (password: string): Promise<Refusal | null> => {
        const answer = await postAccount<{ backupCodes: readonly string[] }>("/two-factor/generate-backup-codes", { password });
        if ("refusal" in answer) return answer.refusal;
        setStep({ name: "codes", codes: answer.data.backupCodes });
        return null;
      },
    },
  } as const;

  const finish = () => {
    setOn(true);
    setStep(idle);
    // The button that had the focus is gone.
    heading.current?.focus();
    onChanged();
    toast.success("The second factor is on, and your other sessions are signed out.");
  };

  return (
    <section className={styles.section} aria-labelledby="second-factor">
      <h2 id="second-factor" ref={heading} tabIndex={-1}>
        Second factor
      </h2>
      {step.name === "password" ? (
        <ConfirmPassword
          key={step.action}
          label={actions[step.action].label}
          onPassword={actions[step.action].run}
          onCancel={() => setStep(idle)}
        />
      ) : step.name === "setup" ? (
        <SecondFactorSetup enrolment={step.enrolment} onDone={finish} onCancel={() => setStep(idle)} />
      ) : step.name === "codes" ? (
        <>
          <p className="second">The earlier codes no longer work.</p>
          <BackupCodes codes={step.codes} />
          <Button onClick={() => setStep(idle)}>Done</Button>
        </>
      ) : (
        <>
          <p className="second">
            {isOn
              ? `On. Signing in requires your password and a code of your authenticator app. ${codesLeft ?? ""}`
              : "Off. With an authenticator app on your phone, a stolen password is not enough to sign in."}
          </p>
          <div className="pageActions">
            {isOn ? (
              <>
                <Button onClick={() => setStep({ name: "password", action: "renew" })}>New backup codes</Button>
                <Button onClick={() => setStep({ name: "password", action: "disable" })}>Turn off</Button>
              </>
            ) : (
              <Button onClick={() => setStep({ name: "password", action: "enable" })}>Turn on</Button>
            )}
          </div>
        </>
      )}
    </section>
  );
}
