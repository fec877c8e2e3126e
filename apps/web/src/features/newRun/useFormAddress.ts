"use client";
/**
 * Reads the new-run form's state from the page's address and writes it back at every change. It writes through the browser's history and
 * not through the router, without waiting for a render: a reload right after a keystroke keeps the keystroke.
 */
import { useSearchParams } from "next/navigation";
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from "react";
import { type AddressValues, changedValues, switchMethod, withValues } from "./formAddress.ts";
import { type NewRunMethod, newRunMethodIds } from "./newRunMethods.ts";

export interface FormAddress {
  /** The address as it is now. */
  read(): URLSearchParams;
  write(values: AddressValues): void;
}

export const FormAddressContext = createContext<FormAddress | null>(null);

function methodOf(address: URLSearchParams): NewRunMethod {
  return newRunMethodIds.find((id) => id === address.get("method")) ?? "evolve";
}

/** For the page: the method, and a `version` that changes when anything but the form changes the address. */
export function useFormAddressState() {
  const shown = useSearchParams();
  const latest = useRef(new URLSearchParams(shown));
  // Addresses that the form wrote and that the router has not reported back yet.
  const written = useRef<Set<string>>(new Set([latest.current.toString()]));
  const [method, setMethod] = useState(() => methodOf(latest.current));
  const [version, setVersion] = useState(0);
  const replace = useCallback((next: URLSearchParams) => {
    const text = next.toString();
    if (text === latest.current.toString()) return;
    latest.current = next;
    written.current.add(text);
    window.history.replaceState(null, "", text === "" ? window.location.pathname : `?${text}`);
  }, []);
  useEffect(() => {
    const text = shown.toString();
    if (written.current.has(text)) {
      if (text === latest.current.toString()) written.current = new Set([text]);
      return;
    }
    latest.current = new URLSearchParams(shown);
    written.current = new Set([text]);
    setMethod(methodOf(latest.current));
    setVersion((count) => count + 1);
  }, [shown]);
  const address = useMemo<FormAddress>(
    () => ({ read: () => latest.current, write: (values) => replace(withValues(latest.current, values)) }),
    [replace],
  );
  return {
    address,
    version,
    method,
    setMethod: (next: NewRunMethod) => {
      replace(switchMethod(latest.current, method, next));
      setMethod(next);
    },
  };
}

/** For a form. */
export function useFormAddress(): FormAddress {
  const address = useContext(FormAddressContext);
  if (address === null) throw new Error("useFormAddress needs a FormAddressContext above it.");
  return address;
}

/** Writes a form's values to the address whenever one of them changes; initial values are not written. */
export function useAddressValues(values: AddressValues): void {
  const { write } = useFormAddress();
  const before = useRef(values);
  useEffect(() => {
    const changed = changedValues(before.current, values);
    before.current = values;
    if (changed !== null) write(changed);
  });
}
