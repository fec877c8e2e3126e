"use client";
/** Ends the browser's session and opens the sign-in page with a new document. */
import { useState } from "react";
import { postAccount } from "./account.ts";
import { useClearPage } from "./SessionGuard.tsx";
import { openWithNewSession } from "./sessionChange.ts";

export interface SignOut {
  readonly busy: boolean;
  /** Resolves to the reason if the session could not be ended. */
  readonly signOut: (next?: string) => Promise<string | null>;
}

export function useSignOut(): SignOut {
  const [busy, setBusy] = useState(false);
  const clearPage = useClearPage();
  return {
    busy,
    async signOut(next = "/sign-in") {
      setBusy(true);
      const answer = await postAccount("/sign-out", {});
      if ("refusal" in answer) {
        setBusy(false);
        return `You are still signed in. ${answer.refusal.message}`;
      }
      clearPage();
      openWithNewSession(next);
      return null;
    },
  };
}
