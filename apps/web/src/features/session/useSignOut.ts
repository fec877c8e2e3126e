"use client";
/** Ends the browser's session, deletes the user's unsent texts on request, and opens the sign-in page with a new document. */
import { useContext, useState } from "react";
import { DraftOwnerContext } from "../drafts/DraftOwnerContext.ts";
import { countDraftsOf, removeDraftsOf } from "../drafts/draftStore.ts";
import { postAccount } from "./account.ts";
import { forgetEnding } from "./endedSession.ts";
import { findStorage } from "./findStorage.ts";
import { useClearPage } from "./SessionGuard.tsx";
import { openWithNewSession } from "./sessionChange.ts";

interface SignOutOptions {
  /** Default: the sign-in page. */
  readonly next?: string;
  /** Default: false. */
  readonly deletesUnsent?: boolean;
}

export interface SignOut {
  readonly busy: boolean;
  /** How many unsent texts of the user this browser keeps. */
  countUnsent(): number;
  /** Resolves to the reason if the session could not be ended. */
  signOut(options?: SignOutOptions): Promise<string | null>;
}

export function useSignOut(): SignOut {
  const [busy, setBusy] = useState(false);
  const clearPage = useClearPage();
  const userId = useContext(DraftOwnerContext)?.userId ?? null;
  return {
    busy,
    countUnsent() {
      const storage = findStorage();
      return storage === null || userId === null ? 0 : countDraftsOf(storage, userId);
    },
    async signOut({ next = "/sign-in", deletesUnsent = false } = {}) {
      setBusy(true);
      const answer = await postAccount("/sign-out", {});
      if ("refusal" in answer) {
        setBusy(false);
        return `You are still signed in. ${answer.refusal.message}`;
      }
      clearPage();
      const storage = findStorage();
      if (deletesUnsent && storage !== null && userId !== null) removeDraftsOf(storage, userId);
      forgetEnding();
      openWithNewSession(next);
      return null;
    },
  };
}
