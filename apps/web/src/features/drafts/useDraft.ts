"use client";
/** The viewer's unsaved text of one object, which an earlier visit may have left. */
import { useState } from "react";
import { useClient } from "urql";
import { clientState } from "../../graphql/client/clientState.ts";
import { findStorage } from "../session/findStorage.ts";
import { createDraftStore, type Draft, type DraftOwner, draftKey } from "./draftStore.ts";

export const draftsOf = clientState(() => createDraftStore(findStorage(), Date.now));

export interface UnsavedText {
  readonly draft: Draft | null;
  /** Whether an earlier visit left the draft. */
  readonly isRestored: boolean;
  keep(draft: Draft): void;
  /** Call it when the draft is discarded. */
  drop(): void;
  /**
   * Call it when `sent` has been saved. Drops the draft, unless the user has typed on meanwhile.
   * @param saved the text that the draft changes from now on
   * @returns whether no draft is left
   */
  settle(sent: Draft | null, saved: string): boolean;
}

/**
 * @param object the kind of text and the ID of its object
 * @param saved the saved text; a draft that equals it is none
 */
export function useDraft(owner: DraftOwner, object: string, saved: string): UnsavedText {
  const store = draftsOf(useClient());
  const key = draftKey(owner, object);
  const [draft, setDraft] = useState(() => {
    const found = store.find(key);
    return found === null || found.text === saved ? null : found;
  });
  const [isRestored, setRestored] = useState(draft !== null);
  const keep = (next: Draft) => {
    setDraft(next);
    store.put(key, next);
  };
  const drop = () => {
    setDraft(null);
    setRestored(false);
    store.remove(key);
  };
  return {
    draft,
    isRestored,
    keep,
    drop,
    settle(sent, saved) {
      // Another visit of the page may have typed on, while this one waited for the answer.
      const now = store.find(key);
      if (now === null || now.text === sent?.text) {
        drop();
        return true;
      }
      keep({ text: now.text, base: saved });
      return false;
    },
  };
}
