"use client";
/**
 * A value that shows a change before the API has answered. React's useOptimistic would need a transition that lasts until the answer, and
 * until then no other transition of the page ends: Next opens pages in one, so links would do nothing.
 */
import { useState } from "react";

const replace = <Value>(_value: Value, change: Value): Value => change;

/**
 * @param value as the API has stored it
 * @param apply what a change makes of a value
 * @returns the value with all changes that wait for an answer, and a function that shows a change until its answer is there
 */
export function useUnanswered<Value>(value: Value): readonly [Value, <Answer>(change: Value, answer: Promise<Answer>) => Promise<Answer>];
export function useUnanswered<Value, Change>(
  value: Value,
  apply: (value: Value, change: Change) => Value,
): readonly [Value, <Answer>(change: Change, answer: Promise<Answer>) => Promise<Answer>];
export function useUnanswered<Value>(value: Value, apply: (value: Value, change: Value) => Value = replace) {
  const [waiting, setWaiting] = useState<readonly { readonly change: Value }[]>([]);
  const show = async <Answer>(change: Value, answer: Promise<Answer>): Promise<Answer> => {
    const entry = { change };
    setWaiting((entries) => [...entries, entry]);
    try {
      return await answer;
    } finally {
      setWaiting((entries) => entries.filter((each) => each !== entry));
    }
  };
  return [waiting.reduce((shown, { change }) => apply(shown, change), value), show] as const;
}
