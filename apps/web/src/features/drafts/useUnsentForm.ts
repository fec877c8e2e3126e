"use client";
/** Keeps the values of a form of react-hook-form, which starts with those of `useUnsent`. */
import { useEffect, useRef } from "react";
import type { FieldValues, UseFormReset, UseFormWatch } from "react-hook-form";
import type { Unsent } from "./useUnsent.ts";

interface WatchedForm<Values extends FieldValues> {
  readonly watch: UseFormWatch<Values>;
  readonly reset: UseFormReset<Values>;
}

/** Returns what `RestoredNote` needs. */
export function useUnsentForm<Values extends FieldValues>(
  unsent: Unsent<Partial<Values>>,
  { watch, reset }: WatchedForm<Values>,
): { readonly isRestored: boolean; discard(): void } {
  const latest = useRef(unsent);
  useEffect(() => {
    latest.current = unsent;
  });
  useEffect(() => {
    const { unsubscribe } = watch((values, { type }) => {
      // A reset is no change by the person.
      if (type === "change") latest.current.change(values as Partial<Values>);
    });
    return unsubscribe;
  }, [watch]);
  return {
    isRestored: unsent.isRestored,
    discard() {
      unsent.discard();
      reset(unsent.initial as Values);
    },
  };
}
