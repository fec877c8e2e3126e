/** A rule of the plan: its name, its control, and the template's value. A rule that differs has an ink frame. */
import type { ReactNode } from "react";
import styles from "./PlanRules.module.css";
import { rowId } from "./ruleRows.ts";

interface RuleRowProps {
  readonly name: string;
  /** The template's value in words; null without a template, or for a rule that no template fixes. */
  readonly original: string | null;
  readonly differs: boolean;
  readonly note?: string | undefined;
  /** The rule's path, so that problems lead here; a row of several rules has that of the first. */
  readonly rule?: string | undefined;
  readonly children: ReactNode;
}

export function RuleRow({ name, original, differs, note, rule, children }: RuleRowProps) {
  return (
    <tr id={rule === undefined ? undefined : rowId(rule)} tabIndex={rule === undefined ? undefined : -1}>
      <th scope="row" title={note}>
        {name}
      </th>
      <td className={differs ? styles.differs : undefined}>
        {children}
        {differs ? <span className="visuallyHidden">differs from the template</span> : null}
      </td>
      <td className="t12 muted">{original ?? ""}</td>
    </tr>
  );
}

export function RuleTable({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <table className={styles.rules} aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{label}</th>
          <th scope="col">This study</th>
          <th scope="col">Template</th>
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}
