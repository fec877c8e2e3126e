"use client";
/** Approves a program, such as the command line on another computer: enter its code, see which rights it requests, then approve or refuse. */
import { useState } from "react";
import { EntranceFrame } from "../entrance/EntranceFrame.tsx";
import { EntranceMessage } from "../entrance/FormParts.tsx";
import { ButtonLink } from "../marks/Button.tsx";
import type { Account } from "../session/account.ts";
import { DeviceCodeForm } from "./DeviceCodeForm.tsx";
import { DeviceRequest } from "./DeviceRequest.tsx";
import type { DeviceLogin } from "./deviceLogin.ts";

type Step =
  | { readonly name: "code" }
  | { readonly name: "request"; readonly login: DeviceLogin }
  | { readonly name: "approved" | "refused" };

/** `code` comes from the link that the program printed; `account` is null without accounts. */
export function DevicePage({ code, account }: { readonly code: string; readonly account: Account | null }) {
  const [step, setStep] = useState<Step>({ name: "code" });
  return (
    <EntranceFrame {...(account === null ? {} : { note: account.email })}>
      {account === null ? (
        <EntranceMessage title="No sign-in is needed here" action={<ButtonLink href="/">Open Pareidolia</ButtonLink>}>
          This server has a single user and no accounts. Programs need no key.
        </EntranceMessage>
      ) : step.name === "code" ? (
        <DeviceCodeForm code={code} onOpened={(login) => setStep({ name: "request", login })} />
      ) : step.name === "request" ? (
        <DeviceRequest login={step.login} onDecided={(name) => setStep({ name })} onBack={() => setStep({ name: "code" })} />
      ) : step.name === "approved" ? (
        <EntranceMessage title="The program is signed in" action={<ButtonLink href="/settings/keys">See your keys</ButtonLink>}>
          It continues within a few seconds. You can close this page, and revoke the program’s key at any time.
        </EntranceMessage>
      ) : (
        <EntranceMessage title="You refused the program" action={<ButtonLink href="/">Open Pareidolia</ButtonLink>}>
          It gets no key. If you did not start it, you need not do anything else.
        </EntranceMessage>
      )}
    </EntranceFrame>
  );
}
