"use client";
/**
 * Reads the new-run form's state from the page's address and writes it back at every change. It writes to the browser's history directly,
 * without waiting for the router to render, so a reload immediately after a keystroke loses nothing.
 */
import { useSearchParams } from "next/navigation";
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from "react";
import { useUnsent } from "../drafts/useUnsent.ts";
import { type AddressValues, changedValues, switchMethod, withValues } from "./formAddress.ts";
import { type NewRunMethod, newRunMethodIds } from "./newRunMethods.ts";
import { newSeed } from "./newSeed.ts";

export interface FormAddress {
  /** The current address. */
  read(): URLSearchParams;
  write(values: AddressValues): void;
  /** The seed of the new run if the address has none. It stays when the method changes. */
  readonly newSeed: string;
  /** Call it when the run or sweep has started. */
  sent(): void;
}

export const FormAddressContext = createContext<FormAddress | null>(null);

function readMethod(address: URLSearchParams): NewRunMethod {
  return newRunMethodIds.find((id) => id === address.get("method")) ?? "evolve";
}

const emptyForm = { address: "" };

/**
 * Restores the unsent form of an earlier visit on a page whose address names no settings, and keeps this one's.
 * @param restore shows the form that the address describes
 */
function useUnsentAddress(isPlain: () => boolean, restore: (address: string) => void) {
  const unsent = useUnsent("new run", emptyForm);
  const [isRestored, setRestored] = useState(false);
  const latest = useRef({ unsent, isPlain, restore });
  useEffect(() => {
    latest.current = { unsent, isPlain, restore };
  });
  useEffect(() => {
    if (!unsent.isRestored || !latest.current.isPlain()) return;
    setRestored(true);
    latest.current.restore(latest.current.unsent.values.address);
  }, [unsent.isRestored]);
  return {
    isRestored,
    keep: useCallback((text: string) => latest.current.unsent.change({ address: text }), []),
    sent: useCallback(() => latest.current.unsent.sent(), []),
    discard() {
      setRestored(false);
      unsent.discard();
      restore("");
    },
  };
}

/** The page's hook: the method, and a `version` that changes when something other than the form changes the address. */
export function useFormAddressState() {
  const routerAddress = useSearchParams();
  const latest = useRef(new URLSearchParams(routerAddress));
  // Addresses that the form wrote and the router has not reported yet.
  const written = useRef<Set<string>>(new Set([latest.current.toString()]));
  const [method, setMethod] = useState(() => readMethod(latest.current));
  const [version, setVersion] = useState(0);
  const [seed, setSeed] = useState(newSeed);
  const keepLatest = useRef<(text: string) => void>(() => {});
  const replace = useCallback((next: URLSearchParams) => {
    const text = next.toString();
    if (text === latest.current.toString()) return;
    latest.current = next;
    written.current.add(text);
    keepLatest.current(text);
    window.history.replaceState(null, "", text === "" ? window.location.pathname : `?${text}`);
  }, []);
  useEffect(() => {
    const text = routerAddress.toString();
    if (written.current.has(text)) {
      if (text === latest.current.toString()) written.current = new Set([text]);
      return;
    }
    latest.current = new URLSearchParams(routerAddress);
    written.current = new Set([text]);
    setMethod(readMethod(latest.current));
    setSeed(newSeed());
    setVersion((count) => count + 1);
  }, [routerAddress]);
  const { keep, sent, ...unsent } = useUnsentAddress(
    () => latest.current.toString() === "",
    (text) => {
      replace(new URLSearchParams(text));
      setMethod(readMethod(latest.current));
      setVersion((count) => count + 1);
    },
  );
  keepLatest.current = keep;
  const address = useMemo<FormAddress>(
    () => ({ read: () => latest.current, write: (values) => replace(withValues(latest.current, values)), newSeed: seed, sent }),
    [replace, seed, sent],
  );
  return {
    address,
    /** What `RestoredNote` needs. */
    unsent,
    version,
    method,
    setMethod: (next: NewRunMethod) => {
      replace(switchMethod(latest.current, method, next));
      setMethod(next);
    },
  };
}

/** The forms' hook. */
export function useFormAddress(): FormAddress {
  const address = useContext(FormAddressContext);
  if (address === null) throw new Error("useFormAddress must be used inside a FormAddressContext.");
  return address;
}

/** Writes a form's values to the address when one of them changes. Initial values are not written. */
export function useAddressValues(values: AddressValues): void {
  const { write } = useFormAddress();
  const before = useRef(values);
  useEffect(() => {
    const changed = changedValues(before.current, values);
    before.current = values;
    if (changed !== null) write(changed);
  });
}
