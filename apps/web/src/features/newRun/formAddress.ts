/**
 * Stores the new-run form's state in the page's address, so that a reload, Back or a change of method loses no input. The selected method
 * uses plain parameter names; the values of other methods have the method's name as prefix, such as `ascend.starts`.
 */
import type { NewRunMethod } from "./newRunMethods.ts";
import { newRunMethodIds } from "./newRunMethods.ts";

/** Parameters shared by all methods. A change of method keeps them. */
const sharedNames: ReadonlySet<string> = new Set(["experiment", "experimentName", "model", "name", "seed", "crops", "imageSize", "from"]);

/** The new value of each parameter; null removes the parameter. */
export type AddressValues = Readonly<Record<string, string | null>>;

export function withValues(address: URLSearchParams, values: AddressValues): URLSearchParams {
  const next = new URLSearchParams(address);
  for (const [name, value] of Object.entries(values)) {
    if (value === null) next.delete(name);
    else next.set(name, value);
  }
  return next;
}

function hasMethodPrefix(name: string): boolean {
  return newRunMethodIds.some((method) => name.startsWith(`${method}.`));
}

/** The address after a change of method: adds the prefix to the values of `from`, and removes it from those of `to`. */
export function switchMethod(address: URLSearchParams, from: NewRunMethod, to: NewRunMethod): URLSearchParams {
  if (from === to) return address;
  const next = new URLSearchParams({ method: to });
  for (const [name, value] of address) {
    if (name === "method") continue;
    if (name.startsWith(`${to}.`)) next.set(name.slice(to.length + 1), value);
    else if (sharedNames.has(name) || hasMethodPrefix(name)) next.set(name, value);
    else next.set(`${from}.${name}`, value);
  }
  return next;
}

/**
 * The parameters to write after a change: all of the method's own values, so that the address alone restores the form, and the shared
 * values that changed. A model that this method cannot use therefore stays in the address for the methods that can.
 */
export function changedValues(before: AddressValues, now: AddressValues): AddressValues | null {
  const changed = Object.keys(now).filter((name) => now[name] !== before[name]);
  if (changed.length === 0) return null;
  return Object.fromEntries(Object.entries(now).filter(([name]) => !sharedNames.has(name) || changed.includes(name)));
}

/** The method's parameters as JSON; null if there are none. */
export function parameterText(values: Readonly<Record<string, unknown>>): string | null {
  return Object.keys(values).length === 0 ? null : JSON.stringify(values);
}
