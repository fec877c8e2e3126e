"use client";
/** The idempotency key of an attempt. The attempt after a lost answer has the same key, so that the API does not carry out the change twice. */
import { useState } from "react";
import { randomId } from "./randomId.ts";

export interface AttemptKey {
  /** The key of the last attempt if that had the same input; otherwise a new one. */
  of(input: unknown): string;
  /** Call it once an answer has arrived: the next attempt is another change. */
  forget(): void;
}

export function createAttemptKey(): AttemptKey {
  let last: { readonly input: string; readonly key: string } | null = null;
  return {
    of(input) {
      const text = JSON.stringify(input);
      if (last?.input !== text) last = { input: text, key: randomId() };
      return last.key;
    },
    forget() {
      last = null;
    },
  };
}

export function useAttemptKey(): AttemptKey {
  return useState(createAttemptKey)[0];
}
