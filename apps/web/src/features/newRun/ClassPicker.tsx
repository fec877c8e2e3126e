"use client";
/** Selects classes of a model by label. A model with many classes has a search field; otherwise all classes are shown. */
import { useState } from "react";
import { formatCount } from "../marks/numbers.ts";
import toolButtonStyles from "../marks/ToolButton.module.css";
import styles from "./ClassPicker.module.css";
import { matchClasses } from "./matchClasses.ts";
import { paperClassesOf } from "./paperClasses.ts";

interface ClassPickerProps {
  readonly labels: readonly string[];
  readonly chosen: readonly number[];
  /** The largest number of classes that may be chosen. */
  readonly max: number;
  readonly problem: string | null;
  onChange(chosen: readonly number[]): void;
}

const maxShown = 30;

export function ClassPicker({ labels, chosen, max, problem, onChange }: ClassPickerProps) {
  const [search, setSearch] = useState("");
  const showsAll = labels.length <= maxShown;
  const found = showsAll || search !== "" ? matchClasses(labels, search, maxShown) : [];
  const paper = paperClassesOf(labels);
  const toggle = (index: number) =>
    onChange(chosen.includes(index) ? chosen.filter((each) => each !== index) : [...chosen, index].sort((a, b) => a - b));
  const chip = (index: number, label: string) => (
    <label key={index} className={chosen.includes(index) ? `${styles.classChip} ${styles.chosen}` : styles.classChip}>
      <input
        type="checkbox"
        checked={chosen.includes(index)}
        disabled={!chosen.includes(index) && chosen.length >= max}
        onChange={() => toggle(index)}
      />
      {label}
    </label>
  );
  const otherChosen = chosen.filter((index) => !found.some((choice) => choice.index === index));
  return (
    <fieldset className={styles.classPicker} data-problem={problem === null ? undefined : ""}>
      <legend>Classes</legend>
      <div className={styles.classTools}>
        {showsAll ? null : (
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
        ) : labels.length <= max ? (
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
      {search !== "" && found.length === 0 ? <p className="t12 muted">No label contains “{search}”.</p> : null}
      {otherChosen.length > 0 ? (
        <div className={styles.classChips}>{otherChosen.map((index) => chip(index, labels[index] ?? String(index)))}</div>
      ) : null}
      {problem ? (
        <span className="fieldError" role="alert">
          {problem}
        </span>
      ) : null}
    </fieldset>
  );
}
