"use client";
/** The state of a form of these pages: problems of fields, the refusal of the last attempt, and the seconds to wait after too many. */
import { type FormEvent, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { Refusal } from "../session/account.ts";
import type { Problems } from "./entries.ts";

interface EntranceForm<Name extends string> {
  readonly busy: boolean;
  readonly problems: Problems<Name>;
  /** What went wrong with the last attempt; null if nothing did. */
  readonly refusal: string | null;
  /** Seconds until another attempt is allowed; 0 if it is. */
  readonly secondsToWait: number;
  readonly onSubmit: (event: FormEvent<HTMLFormElement>) => void;
}

interface FormSteps<Name extends string> {
  check(): Problems<Name>;
  /** Returns the refusal, null if the form is done, or "leaving" if the page is being left, so that the form stays busy. */
  submit(): Promise<Refusal | "leaving" | null>;
}

export function useEntranceForm<Name extends string>({ check, submit }: FormSteps<Name>): EntranceForm<Name> {
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<Problems<Name>>({});
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [allowedAt, setAllowedAt] = useState<number | null>(null);
  const secondsToWait = useSecondsUntil(allowedAt);
  // A second submit event may come before the button is disabled.
  const running = useRef(false);
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (running.current || secondsToWait > 0) return;
    const form = event.currentTarget;
    const found = check();
    flushSync(() => {
      setProblems(found);
      setRefusal(null);
    });
    if (Object.keys(found).length > 0) {
      form.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
      return;
    }
    running.current = true;
    setBusy(true);
    void submit().then((answer) => {
      if (answer === "leaving") return;
      running.current = false;
      setBusy(false);
      setRefusal(answer);
      setAllowedAt(answer?.secondsToWait == null ? null : Date.now() + answer.secondsToWait * 1000);
    });
  };
  const waits = refusal?.secondsToWait != null;
  const message = waits ? waitMessage(secondsToWait) : (refusal?.message ?? null);
  return { busy, problems, refusal: message, secondsToWait, onSubmit };
}

function waitMessage(seconds: number): string {
  if (seconds === 0) return "You can try again now.";
  return `Too many attempts. Try again in ${seconds} ${seconds === 1 ? "second" : "seconds"}.`;
}

/** Counts down once a second. `time` is in milliseconds since 1970. */
function useSecondsUntil(time: number | null): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (time === null) return;
    setNow(Date.now());
    const timer = setInterval(() => {
      setNow(Date.now());
      if (Date.now() >= time) clearInterval(timer);
    }, 1_000);
    return () => clearInterval(timer);
  }, [time]);
  return time === null ? 0 : Math.max(0, Math.ceil((time - now) / 1000));
}
