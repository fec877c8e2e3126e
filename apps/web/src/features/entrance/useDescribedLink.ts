"use client";
/** What a one-time link gives access to, requested from the API when its page opens. */
import { useCallback, useEffect, useState } from "react";
import { postAccount, type Refusal } from "../session/account.ts";

type DescribedLink<T> =
  | { readonly state: "loading" }
  | { readonly state: "open"; readonly link: T }
  | { readonly state: "closed"; readonly refusal: Refusal };

interface LinkRequest<T> {
  readonly link: DescribedLink<T>;
  readonly retry: () => void;
}

/** `path` is the route under /auth that describes a link. */
export function useDescribedLink<T>(path: string, token: string): LinkRequest<T> {
  const [link, setLink] = useState<DescribedLink<T>>({ state: "loading" });
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt repeats the request
  useEffect(() => {
    let current = true;
    setLink({ state: "loading" });
    void postAccount<T>(path, { token }).then((answer) => {
      if (!current) return;
      setLink("data" in answer ? { state: "open", link: answer.data } : { state: "closed", refusal: answer.refusal });
    });
    return () => {
      current = false;
    };
  }, [path, token, attempt]);
  return { link, retry: useCallback(() => setAttempt((count) => count + 1), []) };
}

/** Whole minutes until a time, rounded up and renewed regularly; 0 once it has passed. */
export function useMinutesLeft(time: string): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 10_000);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.ceil((Date.parse(time) - now) / 60_000));
}

/** Whether a refusal says that the link itself no longer works; others are temporary. */
export function isSpent({ code }: Refusal): boolean {
  return code === "NOT_FOUND" || code === "INVALID_INPUT";
}
