/** The mark of an entry: its letter in a circle, and the dash pattern of its line. */

import { letterOf } from "./comparedRuns.ts";
import styles from "./EntryMark.module.css";

const dashes = ["", "7 4", "1.5 3", "8 3 1.5 3", "12 3", "3 3", "8 3 1.5 3 1.5 3", "2 6"] as const;

/** Twenty-four lines: eight patterns in three strengths. */
export function lineOf(entry: number): { readonly strokeDasharray: string; readonly strokeWidth: number; readonly strokeOpacity: number } {
  const strength = Math.floor(entry / dashes.length) % 3;
  return {
    strokeDasharray: dashes[entry % dashes.length] ?? "",
    strokeWidth: strength === 1 ? 2.5 : 1.5,
    strokeOpacity: strength === 2 ? 0.5 : 1,
  };
}

export function EntryMark({ entry, title }: { readonly entry: number; readonly title?: string }) {
  return (
    <span className={styles.mark} title={title}>
      {letterOf(entry)}
    </span>
  );
}

/** A short piece of the entry's line, for legends. */
export function EntryLine({ entry }: { readonly entry: number }) {
  return (
    <svg className={styles.line} width="26" height="8" aria-hidden="true">
      <line x1="0" x2="26" y1="4" y2="4" stroke="currentColor" {...lineOf(entry)} />
    </svg>
  );
}
