"use client";
/** Fields for classes of the network, completed from their names: one class, or a list of them. Text that names no class is not used. */
import { createContext, type ReactNode, useContext, useId, useState } from "react";
import { splitLabel } from "../../marks/labels.ts";
import { findClass } from "../findClass.ts";
import styles from "./ClassField.module.css";

interface Classes {
  readonly names: readonly string[];
  /** ID of the list of completions. */
  readonly listId: string;
}

const ClassesContext = createContext<Classes>({ names: [], listId: "" });

/** The completions of all class fields within. */
export function ClassesProvider({ names, children }: { readonly names: readonly string[]; readonly children: ReactNode }) {
  const listId = useId();
  return (
    <ClassesContext value={{ names, listId }}>
      <datalist id={listId}>
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {children}
    </ClassesContext>
  );
}

interface ClassFieldProps {
  readonly label: string;
  /** Null for an empty field. */
  readonly value: number | null;
  readonly placeholder?: string;
  /** `undefined` while the text names no class. */
  onChange(value: number | null | undefined): void;
}

export function ClassField({ label, value, placeholder = "class", onChange }: ClassFieldProps) {
  const { names, listId } = useContext(ClassesContext);
  const [text, setText] = useState(value === null ? "" : (names[value] ?? ""));
  const [lastValue, setLastValue] = useState(value);
  const read = text.trim() === "" ? null : findClass(text, names);
  if (value !== lastValue) {
    setLastValue(value);
    if (read !== value) setText(value === null ? "" : (names[value] ?? ""));
  }
  const isUnknown = text.trim() !== "" && read === null;
  return (
    <input
      className={`input ${styles.field}`}
      list={listId}
      aria-label={label}
      placeholder={placeholder}
      value={text}
      aria-invalid={isUnknown || undefined}
      onChange={({ target }) => {
        setText(target.value);
        const next = target.value.trim() === "" ? null : findClass(target.value, names);
        onChange(target.value.trim() !== "" && next === null ? undefined : next);
      }}
    />
  );
}

interface ClassListProps {
  readonly label: string;
  readonly values: readonly number[];
  readonly placeholder?: string;
  /** Why a class cannot be in the list; null if it can. */
  refuse(value: number): string | null;
  onChange(values: readonly number[]): void;
}

/** Enter, a comma or a chosen completion adds a class; Backspace in the empty field removes the last one. */
export function ClassList({ label, values, placeholder = "add a class", refuse, onChange }: ClassListProps) {
  const { names, listId } = useContext(ClassesContext);
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const problemId = useId();
  const nameOf = (value: number): string => splitLabel(names[value] ?? `class ${value}`).name;
  const add = (given: string): void => {
    if (given.trim() === "") return setProblem(null);
    const found = findClass(given, names);
    const reason =
      found === null ? "No class of the network has this name." : values.includes(found) ? `${nameOf(found)} is listed.` : refuse(found);
    setProblem(reason);
    if (found === null || reason !== null) return setText(given);
    setText("");
    onChange([...values, found]);
  };
  return (
    <span className={styles.list}>
      {values.map((value) => (
        <span key={value} className={styles.chip}>
          {nameOf(value)}
          <button
            type="button"
            aria-label={`Remove ${nameOf(value)} from ${label}`}
            onClick={() => onChange(values.filter((own) => own !== value))}
          >
            ×
          </button>
        </span>
      ))}
      <input
        className={`input ${styles.field}`}
        list={listId}
        aria-label={label}
        aria-invalid={problem !== null || undefined}
        aria-describedby={problem === null ? undefined : problemId}
        placeholder={placeholder}
        value={text}
        onChange={({ target, nativeEvent }) => {
          setProblem(null);
          // A chosen completion replaces the whole text; typed characters do not.
          const kind = (nativeEvent as InputEvent).inputType;
          const isChosen = (kind === undefined || kind === "insertReplacementText") && names.includes(target.value);
          if (isChosen) add(target.value);
          else setText(target.value);
        }}
        onKeyDown={(event) => {
          // Names of classes may have commas, so a comma adds only what is a name already.
          const isComma = event.key === "," && findClass(text, names) !== null && !names.some((name) => name.startsWith(`${text},`));
          if (event.key === "Enter" || isComma) {
            event.preventDefault();
            add(text);
          } else if (event.key === "Backspace" && text === "" && values.length > 0) onChange(values.slice(0, -1));
        }}
        onBlur={() => add(text)}
      />
      {problem === null ? null : (
        <span id={problemId} className="fieldError" role="alert">
          {problem}
        </span>
      )}
    </span>
  );
}
