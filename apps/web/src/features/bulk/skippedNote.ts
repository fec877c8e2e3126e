/** Which runs or experiments a change of many has left as they were, as a sentence for its message. */
interface Item {
  readonly skipped?: string | null | undefined;
  readonly message?: string | null | undefined;
  readonly run?: { readonly key: string } | null | undefined;
  readonly experiment?: { readonly key: string } | null | undefined;
}

const maxNames = 3;

/** Undefined if nothing was skipped, or only what was as requested already. */
export function skippedNote(items: readonly Item[]): string | undefined {
  const skipped = items.filter((item) => item.skipped != null && item.skipped !== "UNCHANGED");
  const [first] = skipped;
  if (first === undefined) return undefined;
  const names = skipped.flatMap((item) => item.run?.key ?? item.experiment?.key ?? []);
  const shown = names.slice(0, maxNames).join(", ");
  const rest = names.length > maxNames ? ` and ${names.length - maxNames} more` : "";
  const alike = skipped.every(({ message }) => message === first.message);
  return `Skipped ${shown === "" ? "missing ones" : shown}${rest}${alike && first.message ? `: ${first.message}` : "."}`;
}
