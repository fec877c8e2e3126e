"use client";
/** The filters of the audit log in one bar: free text, who, what and when. */
import barStyles from "../marks/FilterBar.module.css";
import { FilterSelect } from "../marks/FilterSelect.tsx";
import { useMemberChoices } from "../members/useMemberChoices.ts";
import styles from "./Audit.module.css";
import { writeAction } from "./actionText.ts";
import { type AuditState, periodLabels, periods } from "./auditFilter.ts";

interface AuditFilterBarProps {
  readonly state: AuditState;
  /** The actions of the entries that were loaded so far. */
  readonly actions: readonly string[];
  readonly count: string;
  onChange(change: Partial<AuditState>): void;
}

export function AuditFilterBar({ state, actions, count, onChange }: AuditFilterBarProps) {
  const members = useMemberChoices().nodes ?? [];
  const known = [...new Set([...actions, ...(state.action === null ? [] : [state.action])])].sort();
  return (
    <div className={barStyles.bar} role="search" aria-label="Filter the audit log">
      <input
        className={styles.search}
        type="search"
        aria-label="Text in an entry"
        placeholder="a name, RUN-12, an address"
        data-slash
        value={state.q}
        onChange={(event) => onChange({ q: event.target.value })}
      />
      <FilterSelect
        name="by"
        anyLabel="any"
        value={state.by}
        isSet={state.by !== null}
        options={members.map(({ user }) => ({ value: user.id, text: user.name }))}
        onChange={(by) => onChange({ by })}
      />
      <FilterSelect
        name="action"
        anyLabel="any"
        value={state.action}
        isSet={state.action !== null}
        options={known.map((action) => ({ value: action, text: writeAction(action) }))}
        onChange={(action) => onChange({ action })}
      />
      <FilterSelect
        name="when"
        anyLabel="any time"
        value={state.when}
        isSet={state.when !== null}
        options={periods.map((period) => ({ value: period, text: periodLabels[period] }))}
        onChange={(when) => onChange({ when: periods.find((period) => period === when) ?? null })}
      />
      <output className={barStyles.count}>{count}</output>
    </div>
  );
}
