"use client";
/** Ends the browser's session, removes the user's drafts, and opens the sign-in page with a new document. */
import { useState } from "react";
import { type Client, useClient } from "urql";
import { DraftOwnerDocument } from "../../graphql/generated/graphql.ts";
import { removeDraftsOf } from "../tracking/draftStore.ts";
import { postAccount } from "./account.ts";
import { findStorage } from "./findStorage.ts";
import { useClearPage } from "./SessionGuard.tsx";
import { openWithNewSession } from "./sessionChange.ts";

export interface SignOut {
  readonly busy: boolean;
  /** Resolves to the reason if the session could not be ended. */
  readonly signOut: (next?: string) => Promise<string | null>;
}

/** Null if the API does not say, as for a user without a workspace. */
async function findViewer(client: Client): Promise<string | null> {
  const { data } = await client.query(DraftOwnerDocument, {}, { requestPolicy: "cache-first" });
  return data?.viewer.user.id ?? null;
}

export function useSignOut(): SignOut {
  const [busy, setBusy] = useState(false);
  const clearPage = useClearPage();
  const client = useClient();
  return {
    busy,
    async signOut(next = "/sign-in") {
      setBusy(true);
      const viewer = await findViewer(client);
      const answer = await postAccount("/sign-out", {});
      if ("refusal" in answer) {
        setBusy(false);
        return `You are still signed in. ${answer.refusal.message}`;
      }
      clearPage();
      const storage = findStorage();
      // Without a known user, all drafts go: others may use this computer.
      if (storage !== null) removeDraftsOf(storage, viewer);
      openWithNewSession(next);
      return null;
    },
  };
}
