/**
 * The new-run form's state as its address holds it, so that a reload, Back and a change of method keep everything that was typed. Each
 * method reads and writes plain names; while another method is chosen its own values wait under its name, such as `ascend.starts`.
 */
import type { NewRunMethod } from "./newRunMethods.ts";
import { newRunMethodIds } from "./newRunMethods.ts";

/** What every method's form asks: it goes along when the method changes. */
const sharedNames: ReadonlySet<string> = new Set(["experiment", "experimentName", "model", "seed", "crops", "imageSize"]);

/** A value for each name; null removes it. */
export type AddressValues = Readonly<Record<string, string | null>>;

export function withValues(address: URLSearchParams, values: AddressValues): URLSearchParams {
  const next = new URLSearchParams(address);
  for (const [name, value] of Object.entries(values)) {
    if (value === null) next.delete(name);
    else next.set(name, value);
  }
  return next;
}

function isParked(name: string): boolean {
  return newRunMethodIds.some((method) => name.startsWith(`${method}.`));
}

/** The address after a change of method: the values of `from` are parked, those parked for `to` come back. */
export function switchMethod(address: URLSearchParams, from: NewRunMethod, to: NewRunMethod): URLSearchParams {
  if (from === to) return address;
  const next = new URLSearchParams({ method: to });
  for (const [name, value] of address) {
    if (name === "method") continue;
    if (name.startsWith(`${to}.`)) next.set(name.slice(to.length + 1), value);
    else if (sharedNames.has(name) || isParked(name)) next.set(name, value);
    else next.set(`${from}.${name}`, value);
  }
  return next;
}

/**
 * What a form writes after a change: all of its own values, so that the address alone rebuilds it, and of the shared ones only those that
 * changed here. A model that this method cannot use then stays in the address for the methods that can.
 */
export function changedValues(before: AddressValues, now: AddressValues): AddressValues | null {
  const changed = Object.keys(now).filter((name) => now[name] !== before[name]);
  if (changed.length === 0) return null;
  return Object.fromEntries(Object.entries(now).filter(([name]) => !sharedNames.has(name) || changed.includes(name)));
}

/** Parameters as an address writes them; null where none differs from the preset. */
export function parameterText(values: Readonly<Record<string, unknown>>): string | null {
  return Object.keys(values).length === 0 ? null : JSON.stringify(values);
}
