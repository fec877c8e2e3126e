"use client";
/** Signs in with the OpenID Connect provider: the browser leaves for the provider and returns. */
import { useState } from "react";
import { Button } from "../marks/Button.tsx";
import { postAccount } from "../session/account.ts";
import formStyles from "./FormParts.module.css";
import { FormRefusal } from "./FormParts.tsx";

/** The paths that the API returns to. Others contain what the provider's address cannot carry. */
const returnPath = /^\/(?![/\\])[\w\-./?=&%]*$/;

interface ProviderButtonProps {
  readonly name: string;
  /** The page to open after signing in. */
  readonly next: string;
  /** Why the last attempt was refused; null if there was none. */
  readonly refusal: string | null;
}

export function ProviderButton({ name, next, refusal }: ProviderButtonProps) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState(refusal);
  const leave = async () => {
    setBusy(true);
    setProblem(null);
    const answer = await postAccount<{ url: string }>("/oidc", { path: returnPath.test(next) ? next : "/" });
    if ("data" in answer) location.assign(answer.data.url);
    else {
      setBusy(false);
      setProblem(answer.refusal.message);
    }
  };
  return (
    <>
      <FormRefusal message={problem} />
      <Button className={formStyles.submit} disabled={busy} onClick={() => void leave()}>
        {busy ? `Opening ${name}` : `Sign in with ${name}`}
      </Button>
    </>
  );
}
