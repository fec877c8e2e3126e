"use client";
/** Fields for the budgets of a sweep and its place in the queue. An empty field means no limit. */
import { sweepLimits } from "@pareidolia/core/sweep/sweepState";
import { useId } from "react";
import type { SweepLimitsInput, SweepPriority } from "../../graphql/generated/graphql.ts";
import styles from "./Sweeps.module.css";

export interface LimitTexts {
  readonly maxEvaluations: string;
  readonly maxMinutes: string;
  readonly concurrency: string;
  readonly priority: SweepPriority;
}

export const noLimits: LimitTexts = { maxEvaluations: "", maxMinutes: "", concurrency: "", priority: "NORMAL" };

interface Rule {
  readonly label: string;
  readonly minimum: number;
  readonly maximum: number;
  readonly isWhole: boolean;
}

const rules = {
  maxEvaluations: { label: "Evaluations", ...sweepLimits.evaluations, isWhole: true },
  maxMinutes: { label: "Minutes of computing", minimum: 1 / 60, maximum: sweepLimits.seconds.maximum / 60, isWhole: false },
  concurrency: { label: "Runs at once", ...sweepLimits.concurrency, isWhole: true },
} as const satisfies Readonly<Record<string, Rule>>;

type Name = keyof typeof rules;
const names = Object.keys(rules) as Name[];

/** Undefined for a text that is no valid number. */
function readLimit(text: string, { minimum, maximum, isWhole }: Rule): number | null | undefined {
  const trimmed = text.trim().replaceAll(/[,\s]/g, "");
  if (trimmed === "") return null;
  const value = Number(trimmed);
  return Number.isFinite(value) && value >= minimum && value <= maximum && (!isWhole || Number.isInteger(value)) ? value : undefined;
}

/** Null while a field is invalid. */
export function readLimitTexts(texts: LimitTexts): SweepLimitsInput | null {
  const [maxEvaluations, maxMinutes, concurrency] = names.map((name) => readLimit(texts[name], rules[name]));
  if (maxEvaluations === undefined || maxMinutes === undefined || concurrency === undefined) return null;
  return { maxEvaluations, maxSeconds: maxMinutes === null ? null : maxMinutes * 60, concurrency, priority: texts.priority };
}

export function LimitFields({ texts, onChange }: { readonly texts: LimitTexts; onChange(texts: LimitTexts): void }) {
  const id = useId();
  return (
    <div className={styles.limitFields}>
      {names.map((name) => {
        const rule = rules[name];
        const isWrong = readLimit(texts[name], rule) === undefined;
        return (
          <div key={name}>
            <label>
              <span className="fieldLabel">{rule.label}</span>
              <input
                className="input number"
                inputMode="numeric"
                autoComplete="off"
                placeholder="no limit"
                value={texts[name]}
                aria-invalid={isWrong ? true : undefined}
                aria-describedby={isWrong ? `${id}-${name}` : undefined}
                onChange={(event) => onChange({ ...texts, [name]: event.target.value })}
              />
            </label>
            {isWrong ? (
              <span className="fieldError" id={`${id}-${name}`} role="alert">
                Enter a {rule.isWhole ? "whole " : ""}number above 0, or nothing for no limit.
              </span>
            ) : null}
          </div>
        );
      })}
      <label>
        <span className="fieldLabel">Priority</span>
        <select
          className="input"
          value={texts.priority}
          onChange={(event) => onChange({ ...texts, priority: event.target.value as SweepPriority })}
        >
          <option value="LOW">Low</option>
          <option value="NORMAL">Normal</option>
          <option value="HIGH">High</option>
        </select>
      </label>
    </div>
  );
}
