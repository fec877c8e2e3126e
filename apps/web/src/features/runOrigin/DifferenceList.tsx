/** The settings in which a run differs from another: "mutation rate 0.1 → 0.2, seed 1 → 2". */
import { Fragment } from "react";
import { formatParameter } from "../run/parameterEntries.ts";

export interface ShownDifference {
  readonly name: string;
  readonly label: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

function formatSetting(value: unknown): string {
  if (value === null || value === undefined) return "none";
  if (Array.isArray(value)) return value.length > 6 ? `${value.length} values` : value.map(formatParameter).join(", ");
  return typeof value === "object" ? JSON.stringify(value) : formatParameter(value);
}

/** With a lower-case first letter, unless the word is an abbreviation such as CPPN. */
function inSentence(label: string): string {
  return /^[A-Z][a-z]/.test(label) ? `${label.charAt(0).toLowerCase()}${label.slice(1)}` : label;
}

export function DifferenceList({ differences }: { readonly differences: readonly ShownDifference[] }) {
  return differences.map(({ name, label, before, after }, i) => (
    <Fragment key={name}>
      {i === 0 ? null : ", "}
      {inSentence(label)}{" "}
      <span className="n12">
        {formatSetting(before)} → {formatSetting(after)}
      </span>
    </Fragment>
  ));
}
