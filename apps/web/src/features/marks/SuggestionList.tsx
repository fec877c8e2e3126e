/** The suggestions for a field, which keeps the focus: its arrow keys mark a suggestion, and a press takes it. */
import type { ReactNode } from "react";
import floatStyles from "./Float.module.css";
import styles from "./Suggestions.module.css";

/** The mark before any arrow key. */
export const unmarked = -1;

interface Suggestion {
  readonly name: string;
  readonly note?: ReactNode;
}

interface SuggestionListProps {
  readonly id: string;
  readonly label: string;
  readonly suggestions: readonly Suggestion[];
  readonly isOpen: boolean;
  /** Index of the marked suggestion, or `unmarked`. */
  readonly marked: number;
  readonly above?: boolean;
  readonly onTake: (name: string) => void;
}

/** For the field's `aria-activedescendant`. */
export function suggestionId(listId: string, index: number): string {
  return `${listId}-${index}`;
}

/** The mark after an arrow key: past the last suggestion comes the first. */
export function stepMark(marked: number, key: "ArrowDown" | "ArrowUp", count: number): number {
  if (count === 0) return unmarked;
  return key === "ArrowDown" ? (marked + 1) % count : (Math.max(marked, 0) - 1 + count) % count;
}

export function SuggestionList({ id, label, suggestions, isOpen, marked, above = false, onTake }: SuggestionListProps) {
  return (
    <div
      id={id}
      role="listbox"
      aria-label={label}
      className={`${floatStyles.float} ${styles.list}`}
      data-above={above || undefined}
      hidden={!isOpen || suggestions.length === 0}
    >
      {suggestions.map(({ name, note }, i) => (
        <div
          key={name}
          id={suggestionId(id, i)}
          role="option"
          tabIndex={-1}
          aria-selected={i === marked}
          className={styles.option}
          // The field keeps the focus.
          onPointerDown={(event) => {
            event.preventDefault();
            onTake(name);
          }}
        >
          <span>{name}</span>
          {note === undefined ? null : <span className="t12 muted">{note}</span>}
        </div>
      ))}
    </div>
  );
}
