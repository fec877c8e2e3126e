"use client";
/** Chooses, adds and reorders columns, or the columns by which runs are grouped. All of it works by keyboard. */
import { useId, useState } from "react";
import styles from "./ColumnsPanel.module.css";

interface Choice {
  readonly id: string;
  readonly label: string;
  readonly description: string;
}

export interface ColumnsPanelProps {
  readonly title: string;
  readonly choices: readonly Choice[];
  readonly chosen: readonly string[];
  readonly most: number;
  onChange(chosen: readonly string[]): void;
  /** What is typed to filter the choices, for those that have to be loaded. */
  onFilter?: (text: string) => void;
  /** Back to the usual choice; left out where there is none. */
  onReset?: (() => void) | undefined;
}

function moved(ids: readonly string[], id: string, step: 1 | -1): readonly string[] {
  const from = ids.indexOf(id);
  const to = from + step;
  if (to < 0 || to >= ids.length) return ids;
  return ids.toSpliced(from, 1).toSpliced(to, 0, id);
}

export function ColumnsPanel({ title, choices, chosen, most, onChange, onFilter, onReset }: ColumnsPanelProps) {
  const [filter, setFilter] = useState("");
  const filterId = useId();
  const byId = new Map(choices.map((choice) => [choice.id, choice]));
  const text = filter.trim().toLowerCase();
  const others = choices.filter(
    ({ id, label }) => !chosen.includes(id) && (id.toLowerCase().includes(text) || label.toLowerCase().includes(text)),
  );
  return (
    <section className={styles.panel} aria-label={title}>
      <div className={styles.chosen}>
        <h3>{title}</h3>
        {chosen.length === 0 ? <p className="t12 muted">None.</p> : null}
        <ol>
          {chosen.map((id, i) => (
            <li key={id}>
              <span>{byId.get(id)?.label ?? id}</span>
              <span className={styles.moves}>
                <button type="button" aria-label={`Move ${id} forward`} disabled={i === 0} onClick={() => onChange(moved(chosen, id, -1))}>
                  ↑
                </button>
                <button
                  type="button"
                  aria-label={`Move ${id} back`}
                  disabled={i === chosen.length - 1}
                  onClick={() => onChange(moved(chosen, id, 1))}
                >
                  ↓
                </button>
                <button type="button" aria-label={`Remove ${id}`} onClick={() => onChange(chosen.filter((other) => other !== id))}>
                  ×
                </button>
              </span>
            </li>
          ))}
        </ol>
        {onReset ? (
          <button type="button" className={styles.reset} onClick={onReset}>
            Usual columns
          </button>
        ) : null}
      </div>
      <div className={styles.others}>
        <label htmlFor={filterId} className="visuallyHidden">
          Filter the other columns
        </label>
        <input
          id={filterId}
          className="input"
          placeholder="Any parameter or metric"
          value={filter}
          onChange={(event) => {
            setFilter(event.target.value);
            onFilter?.(event.target.value);
          }}
        />
        <ul>
          {others.map(({ id, label, description }) => (
            <li key={id}>
              <button type="button" disabled={chosen.length >= most} title={description} onClick={() => onChange([...chosen, id])}>
                <span>{label}</span>
                <span className="n11 muted">{id}</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
