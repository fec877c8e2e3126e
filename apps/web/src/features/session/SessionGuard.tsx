"use client";
/**
 * Removes a page's content as soon as its session ends or changes: the API refused a request, another tab signed out or in, or the browser
 * restored the page from its history. What is left in memory or in the history then shows nothing of the former user.
 */
import { createContext, type ReactNode, useCallback, useContext, useEffect, useState, useSyncExternalStore } from "react";
import { flushSync } from "react-dom";
import { useClient } from "urql";
import { sessionEndOf } from "../../graphql/client/sessionEnd.ts";
import { type Account, readAccount } from "./account.ts";
import { onSessionChange, openSignIn } from "./sessionChange.ts";
import { followReplacements, waitForReplacements } from "./sessionReplacement.ts";

/** Removes the page's content at once. Call it before leaving the page for good. */
const ClearPage = createContext<() => void>(() => {});

export function useClearPage(): () => void {
  return useContext(ClearPage);
}

/** A page that stays open renews the session as often as the API allows. */
const renewMilliseconds = 600_000;

function useRenewal(isSignedIn: boolean): void {
  useEffect(() => {
    if (!isSignedIn) return;
    const renew = () => {
      // Its response to the old cookie would remove the new one.
      if (!document.hidden) void waitForReplacements().then(() => readAccount("/get-session"));
    };
    renew();
    const timer = setInterval(renew, renewMilliseconds);
    return () => clearInterval(timer);
  }, [isSignedIn]);
}

/** `account` is null in single-user mode. */
export function SessionGuard({ account, children }: { account: Account | null; children: ReactNode }) {
  const sessionEnd = sessionEndOf(useClient());
  const ended = useSyncExternalStore(sessionEnd.onChange, sessionEnd.has, () => false);
  const [cleared, setCleared] = useState(false);
  const clear = useCallback(() => flushSync(() => setCleared(true)), []);
  useRenewal(account !== null);
  useEffect(followReplacements, []);
  useEffect(() => {
    if (ended) openSignIn();
  }, [ended]);
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
