"use client";
/** A keyboard shortcut as its reader's keyboard has it: ⌘K on Apple's systems, Ctrl+K on all others. */
import { type HTMLAttributes, useSyncExternalStore } from "react";
import { isApplePlatform, writeShortcut } from "./keyNames.ts";

const noSubscription = () => () => {};

/** False on the server, which does not know the reader's system, and until React handles the page. */
export function useApplePlatform(): boolean {
  return useSyncExternalStore(
    noSubscription,
    () => isApplePlatform(navigator.platform),
    () => false,
  );
}

interface KeysProps extends HTMLAttributes<HTMLElement> {
  /** Such as "mod+K". */
  readonly shortcut: string;
}

export function Keys({ shortcut, ...rest }: KeysProps) {
  return <kbd {...rest}>{writeShortcut(shortcut, useApplePlatform())}</kbd>;
}
