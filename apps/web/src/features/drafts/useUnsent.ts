"use client";
/**
 * The values of a form that is not sent yet. They are kept in the browser at every change, apart for each user, workspace and form, and are
 * there again after a reload, a crash, the end of the session or a change of the workspace. Every form with text of a user has them from
 * here or, for notes and comments, from `useDraft`. Secrets, such as passwords, must not be among them.
 */
import { useContext, useEffect, useRef, useState } from "react";
import { useClient } from "urql";
import { useHydrated } from "../marks/useHydrated.ts";
import { DraftOwnerContext } from "./DraftOwnerContext.ts";
import { draftKey } from "./draftStore.ts";
import { findFormDraft, keepFormDraft, type RestoredForm } from "./formDraft.ts";
import { draftsOf } from "./useDraft.ts";

export interface Unsent<Values> {
  readonly values: Values;
  readonly initial: Values;
  /** What the person has seen before the first change, which may be older than what is stored now. */
  readonly base: Values;
  /** Whether an earlier visit left them. */
  readonly isRestored: boolean;
  change(part: Partial<Values>): void;
  /** Starts again with the initial values. */
  discard(): void;
  /** Call it when they have been sent. */
  sent(): void;
}

interface State<Values> extends RestoredForm<Values> {
  readonly isRestored: boolean;
}

/**
 * @param form the kind of form and, if there are several, the ID of its object
 * @param initial of an empty form, or as stored
 */
export function useUnsent<Values extends object>(form: string, initial: Values): Unsent<Values> {
  const store = draftsOf(useClient());
  const owner = useContext(DraftOwnerContext);
  const key = owner === null ? null : draftKey(owner, `form ${form}`);
  // The server's page has no drafts, and the browser's first one must equal it.
  const readable = useHydrated() && key !== null ? key : null;
  const read = (): State<Values> => {
    const found = readable === null ? null : findFormDraft(store, readable, initial);
    return found === null ? { values: initial, base: initial, isRestored: false } : { ...found, isRestored: true };
  };
  const [state, setState] = useState(read);
  const [readFrom, setReadFrom] = useState(readable);
  /** Several changes may come between two renderings. */
  const latest = useRef(state);
  const set = (next: State<Values>) => {
    latest.current = next;
    setState(next);
  };
  if (readable !== readFrom) {
    setReadFrom(readable);
    // What was typed before counts more.
    if (state.values === initial || readFrom !== null) set(read());
  }
  const isUntouched = state.values === state.base;
  useEffect(() => {
    if (readable !== null && !isUntouched) keepFormDraft(store, readable, latest.current);
  }, [store, readable, isUntouched]);
  return {
    ...state,
    initial,
    change(part) {
      const next = { ...latest.current, values: { ...latest.current.values, ...part } };
      set(next);
      if (readable !== null) keepFormDraft(store, readable, next);
    },
    discard() {
      set({ values: initial, base: initial, isRestored: false });
      if (readable !== null) store.remove(readable);
    },
    sent() {
      set({ ...latest.current, isRestored: false });
      if (readable !== null) store.remove(readable);
    },
  };
}
