/**
 * Keeps the new-run form's state in the address, so that a reload, Back or a change of method loses no input. The chosen method uses plain
 * parameter names; values of the other methods are parked under the method's name, such as `ascend.starts`.
 */
import type { NewRunMethod } from "./newRunMethods.ts";
import { newRunMethodIds } from "./newRunMethods.ts";

/** Parameters shared by all methods; they are kept when the method changes. */
const sharedNames: ReadonlySet<string> = new Set(["experiment", "experimentName", "model", "seed", "crops", "imageSize"]);

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

function isParked(name: string): boolean {
  return newRunMethodIds.some((method) => name.startsWith(`${method}.`));
}

/** The address after a change of method: parks the values of `from` and restores those parked for `to`. */
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
 * The parameters to write after a change: all values of the method, so that the address alone restores the form, but only those shared
 * values that changed here. A model that this method cannot use then stays in the address for the methods that can.
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
