"use client";
/** Classes to choose among a model's labels: a search, what it finds, and what is chosen. Few classes are all shown. */
import { useState } from "react";
import { formatCount } from "../marks/numbers.ts";
import toolButtonStyles from "../marks/ToolButton.module.css";
import styles from "./ClassPicker.module.css";
import { matchClasses } from "./matchClasses.ts";
import { paperClassesOf } from "./paperClasses.ts";

interface ClassPickerProps {
  readonly labels: readonly string[];
  readonly chosen: readonly number[];
  readonly most: number;
  readonly problem: string | null;
  onChange(chosen: readonly number[]): void;
}

const shownAtOnce = 30;

export function ClassPicker({ labels, chosen, most, problem, onChange }: ClassPickerProps) {
  const [search, setSearch] = useState("");
  const few = labels.length <= shownAtOnce;
  const found = few || search !== "" ? matchClasses(labels, search, shownAtOnce) : [];
  const paper = paperClassesOf(labels);
  const toggle = (index: number) =>
    onChange(chosen.includes(index) ? chosen.filter((each) => each !== index) : [...chosen, index].sort((a, b) => a - b));
  const chip = (index: number, label: string) => (
    <label key={index} className={chosen.includes(index) ? `${styles.classChip} ${styles.chosen}` : styles.classChip}>
      <input
        type="checkbox"
        checked={chosen.includes(index)}
        disabled={!chosen.includes(index) && chosen.length >= most}
        onChange={() => toggle(index)}
      />
      {label}
    </label>
  );
  const rest = chosen.filter((index) => !found.some((choice) => choice.index === index));
  return (
    <fieldset className={styles.classPicker} data-problem={problem === null ? undefined : ""}>
      <legend>Classes</legend>
      <div className={styles.classTools}>
        {few ? null : (
          <input
            className="input"
            type="search"
            placeholder="Search labels, such as school bus"
            aria-label="Search classes"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
        )}
        {paper ? (
          <button type="button" className={toolButtonStyles.toolButton} onClick={() => onChange(paper)}>
            The paper's 20
          </button>
        ) : labels.length <= most ? (
          <button type="button" className={toolButtonStyles.toolButton} onClick={() => onChange(labels.map((_, index) => index))}>
            All {formatCount(labels.length)}
          </button>
        ) : null}
        <button type="button" className={toolButtonStyles.toolButton} disabled={chosen.length === 0} onClick={() => onChange([])}>
          None
        </button>
        <span className="t12 muted" aria-live="polite">
          <span className="n12">{chosen.length}</span> chosen
        </span>
      </div>
      {found.length > 0 ? <div className={styles.classChips}>{found.map(({ index, label }) => chip(index, label))}</div> : null}
      {search !== "" && found.length === 0 ? <p className="t12 muted">No label has “{search}”.</p> : null}
      {rest.length > 0 ? <div className={styles.classChips}>{rest.map((index) => chip(index, labels[index] ?? String(index)))}</div> : null}
      {problem ? (
        <span className="fieldError" role="alert">
          {problem}
        </span>
      ) : null}
    </fieldset>
  );
}
