/**
 * The values of an unsent form, in the store of drafts. Only what the person has changed is kept, so that a restored form has the present
 * values of everything else.
 */
import type { Draft, DraftStore } from "./draftStore.ts";

/** A form's values, as JSON has them. */
type FormValues = Readonly<Record<string, unknown>>;

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const isLike = (value: unknown, model: unknown): boolean =>
  model === null || value === null || (typeof value === typeof model && Array.isArray(value) === Array.isArray(model));

/** Those that the form has; a later version may have others, or of other types. */
function parse(text: string, initial: FormValues): FormValues {
  try {
    const stored = JSON.parse(text) as unknown;
    if (typeof stored !== "object" || stored === null) return {};
    return Object.fromEntries(Object.entries(stored).filter(([name, value]) => name in initial && isLike(value, initial[name])));
  } catch {
    return {};
  }
}

export interface RestoredForm<Values> {
  readonly values: Values;
  /** The values that the person had before the changes. */
  readonly base: Values;
}

/** Null if nothing is kept, or nothing differs from `initial`. */
export function findFormDraft<Values extends object>(store: DraftStore, key: string, initial: Values): RestoredForm<Values> | null {
  const draft = store.find(key);
  if (draft === null) return null;
  const changed = parse(draft.text, initial as FormValues);
  const values = { ...initial, ...changed };
  if (isSame(values, initial)) return null;
  return { values, base: { ...initial, ...parse(draft.base, initial as FormValues) } };
}

/** Keeps what differs from `base`; removes the draft if nothing does. */
export function keepFormDraft<Values extends object>(store: DraftStore, key: string, { values, base }: RestoredForm<Values>): void {
  const names = (Object.keys(values) as (keyof Values)[]).filter((name) => !isSame(values[name], base[name]));
  if (names.length === 0) {
    store.remove(key);
    return;
  }
  const pick = (from: Values): string => JSON.stringify(Object.fromEntries(names.map((name) => [name, from[name]])));
  const draft: Draft = { text: pick(values), base: pick(base) };
  store.put(key, draft);
}
