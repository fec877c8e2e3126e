"use client";
/** A field for a number within bounds. Other text stays with its error until it is corrected; meanwhile the plan keeps the last number. */
import { useId, useState } from "react";
import { type NumberBounds, numberProblem, readNumber } from "./readNumber.ts";

interface NumberInputProps extends NumberBounds {
  readonly label: string;
  /** Null is an empty field. */
  readonly value: number | null;
  readonly className?: string | undefined;
  onChange(value: number | null): void;
}

export function NumberInput(props: NumberInputProps) {
  const { label, value, whole = true, empty, className = "", onChange } = props;
  const [text, setText] = useState(value === null ? "" : String(value));
  const problemId = useId();
  const read = readNumber(text, props);
  const [lastValue, setLastValue] = useState(value);
  // A value from elsewhere, such as Undo, replaces the text; "0.50" stays while the value is 0.5.
  if (value !== lastValue) {
    setLastValue(value);
    if (read !== value) setText(value === null ? "" : String(value));
  }
  return (
    <>
      <input
        className={`input number ${className}`}
        inputMode={whole ? "numeric" : "decimal"}
        aria-label={label}
        value={text}
        placeholder={empty}
        aria-invalid={read === undefined || undefined}
        aria-describedby={read === undefined ? problemId : undefined}
        onChange={({ target }) => {
          setText(target.value);
          const next = readNumber(target.value, props);
          if (next !== undefined) onChange(next);
        }}
      />
      {read === undefined ? (
        <span id={problemId} className="fieldError" role="alert">
          {numberProblem(props, value)}
        </span>
      ) : null}
    </>
  );
}
