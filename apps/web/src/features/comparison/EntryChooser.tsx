"use client";
/** The entries of a comparison, each with a button that makes it the baseline and one that removes it, and a field that adds runs. */
import { type FormEvent, useId, useState } from "react";
import { Button } from "../marks/Button.tsx";
import styles from "./Comparison.module.css";
import { type ComparedNumbers, formatComparedRuns, letterOf, maxRuns, mostEntries, parseComparedRuns } from "./comparedRuns.ts";
import { EntryLine, EntryMark } from "./EntryMark.tsx";

interface EntryChooserProps {
  readonly entries: readonly ComparedNumbers[];
  readonly baseline: number | null;
  onAdd(numbers: ComparedNumbers): void;
  onRemove(entry: number): void;
  onBaseline(entry: number | null): void;
}

export function EntryChooser({ entries, baseline, onAdd, onRemove, onBaseline }: EntryChooserProps) {
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const fieldId = useId();
  const add = (event: FormEvent) => {
    event.preventDefault();
    const [numbers, ...others] = parseComparedRuns(text) ?? [];
    const runCount = entries.reduce((sum, entry) => sum + entry.length, numbers?.length ?? 0);
    if (numbers === undefined || others.length > 0)
      return setProblem("Enter a run, such as RUN-142, or a group, such as 1-9+12, without repeating a run.");
    if (runCount > maxRuns) return setProblem(`At most ${maxRuns} runs are compared at once.`);
    setProblem(null);
    setText("");
    onAdd(numbers);
  };
  return (
    <div className={styles.chooser}>
      <ul className={styles.entries} aria-label="Compared runs">
        {entries.map((numbers, entry) => (
          <li key={`${entry} ${numbers.join()}`} className={styles.entry}>
            <EntryMark entry={entry} />
            <EntryLine entry={entry} />
            <span className="n12">{numbers.length === 1 ? `RUN-${numbers[0]}` : formatComparedRuns([numbers])}</span>
            {numbers.length > 1 ? <span className="t12 muted">{numbers.length} runs</span> : null}
            <button
              type="button"
              className={styles.baseline}
              aria-pressed={entry === baseline}
              onClick={() => onBaseline(entry === baseline ? null : entry)}
            >
              Baseline
            </button>
            <button type="button" className={styles.remove} aria-label={`Remove ${letterOf(entry)}`} onClick={() => onRemove(entry)}>
              ×
            </button>
          </li>
        ))}
      </ul>
      {entries.length >= mostEntries ? (
        <p className="t12 muted">At most {mostEntries} runs and groups are compared at once.</p>
      ) : (
        <form className={styles.add} onSubmit={add}>
          <label htmlFor={fieldId} className="t12 muted">
            Add a run or a group
          </label>
          <input
            id={fieldId}
            className="input"
            value={text}
            placeholder="RUN-142 or 1-9+12"
            aria-invalid={problem !== null}
            aria-describedby={problem === null ? undefined : `${fieldId}-problem`}
            onChange={(event) => {
              setText(event.target.value);
              setProblem(null);
            }}
          />
          <Button type="submit" disabled={text.trim() === ""}>
            Add
          </Button>
          {problem === null ? null : (
            <p id={`${fieldId}-problem`} className="fieldError" role="alert">
              {problem}
            </p>
          )}
        </form>
      )}
    </div>
  );
}
