"use client";
/**
 * Removes a page's content as soon as its session ends or changes: the API refused a request, another tab signed out or in, or the browser
 * restored the page from its history. What is left in memory or in the history then shows nothing of the former user.
 */
import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { flushSync } from "react-dom";
import { useClient } from "urql";
import { sessionEndOf } from "../../graphql/client/sessionEnd.ts";
import { type Account, readAccount } from "./account.ts";
import { noteEnding } from "./endedSession.ts";
import { onSessionChange, openSignIn } from "./sessionChange.ts";
import { followReplacements, waitForReplacements } from "./sessionReplacement.ts";

/** Removes the page's content at once. Call it before leaving the page for good. */
const ClearPage = createContext<() => void>(() => {});

export function useClearPage(): () => void {
  return useContext(ClearPage);
}

/** A page that stays open renews the session as often as the API allows. */
const renewMilliseconds = 600_000;

interface SessionAnswer {
  readonly session: { readonly expiresAt: string };
}

/** Returns a function that says until when the session lasts, in milliseconds since 1970; never, as far as is known. */
function useRenewal(isSignedIn: boolean): () => number {
  const expiresAt = useRef(Number.POSITIVE_INFINITY);
  useEffect(() => {
    if (!isSignedIn) return;
    const renew = async () => {
      if (document.hidden) return;
      // Its response to the old cookie would remove the new one.
      await waitForReplacements();
      const answer = await readAccount<SessionAnswer | null>("/get-session");
      if ("data" in answer && answer.data !== null) expiresAt.current = Date.parse(answer.data.session.expiresAt);
    };
    void renew();
    const timer = setInterval(() => void renew(), renewMilliseconds);
    return () => clearInterval(timer);
  }, [isSignedIn]);
  return useCallback(() => expiresAt.current, []);
}

/** `account` is null in single-user mode. */
export function SessionGuard({ account, children }: { account: Account | null; children: ReactNode }) {
  const sessionEnd = sessionEndOf(useClient());
  const ended = useSyncExternalStore(sessionEnd.onChange, sessionEnd.has, () => false);
  const [cleared, setCleared] = useState(false);
  const clear = useCallback(() => flushSync(() => setCleared(true)), []);
  const expiresAt = useRenewal(account !== null);
  useEffect(followReplacements, []);
  useEffect(() => {
    if (!ended) return;
    noteEnding(Date.now() < expiresAt() ? "ended" : "expired");
    openSignIn();
  }, [ended, expiresAt]);
  useEffect(() => {
    const reload = () => {
      clear();
      location.reload();
    };
    const onShow = (event: PageTransitionEvent) => {
      if (event.persisted) reload();
    };
    window.addEventListener("pageshow", onShow);
    const stop = onSessionChange(reload);
    return () => {
      window.removeEventListener("pageshow", onShow);
      stop();
    };
  }, [clear]);
  return <ClearPage value={clear}>{ended || cleared ? null : children}</ClearPage>;
}
