"use client";
/** A retention rule: its sentence, its last result, and its switch. */
import { useState } from "react";
import { toast } from "sonner";
import { useMutation } from "urql";
import {
  ChangeRetentionRuleDocument,
  DeleteRetentionRuleDocument,
  type RetentionRuleInput,
  type RetentionRuleRowFragment,
} from "../../graphql/generated/graphql.ts";
import { problemOf, useReplacement } from "../conflicts/useReplacement.ts";
import { Button } from "../marks/Button.tsx";
import dialogStyles from "../marks/Dialog.module.css";
import { Dialog } from "../marks/Dialog.tsx";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { formatCount } from "../marks/numbers.ts";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import { formatBytes } from "../models/bytes.ts";
import { Permitted } from "../permissions/Permitted.tsx";
import tableStyles from "../settings/SettingsTable.module.css";
import styles from "./Retention.module.css";
import { RulePreview } from "./RulePreview.tsx";
import { ruleText } from "./ruleText.ts";

interface RuleRowProps {
  readonly rule: RetentionRuleRowFragment;
  labelOf(kind: string): string;
  onChanged(): void;
}

function inputOf({ action, days, states, kinds, archived, withoutTag, keepPinned }: RetentionRuleRowFragment): RetentionRuleInput {
  if (action === "DELETE_TRASHED") return { action, days };
  return { action, days, states: [...states], kinds: [...kinds], archived: archived ?? null, withoutTag: withoutTag ?? null, keepPinned };
}

function LastResult({ rule }: { readonly rule: RetentionRuleRowFragment }) {
  if (rule.failure != null) return <span className="fieldError">{rule.failure}</span>;
  if (rule.actedAt == null) return <>{rule.appliedAt == null ? "not applied yet" : "nothing to do yet"}</>;
  return (
    <>
      {formatCount(rule.actedItems)} {rule.actedItems === 1 ? "item" : "items"}, {formatCount(rule.actedRows)} rows,{" "}
      {formatBytes(rule.actedBytes)} <RelativeTime time={rule.actedAt} />
    </>
  );
}

export function RuleRow({ rule, labelOf, onChanged }: RuleRowProps) {
  const [previewing, setPreviewing] = useState(false);
  const [, change] = useMutation(ChangeRetentionRuleDocument);
  const [, remove] = useMutation(DeleteRetentionRuleDocument);
  const replace = useReplacement();
  const text = ruleText(inputOf(rule), labelOf);
  const toggle = async () => {
    const outcome = await replace({
      subject: "the rule",
      values: { enabled: !rule.enabled },
      previous: { enabled: rule.enabled },
      labels: { enabled: "switch" },
      show: { enabled: (enabled) => (enabled ? "on" : "off") },
      async send(input) {
        const { data, error } = await change({ input: { ruleId: rule.id, ...input } });
        return { answer: data?.changeRetentionRule, error };
      },
    });
    const problem = problemOf(outcome);
    if (problem !== null) toast.error(problem);
    onChanged();
  };
  const discard = async () => {
    const { data, error } = await remove({ ruleId: rule.id });
    const problem = mutationProblem(data?.deleteRetentionRule, error);
    if (problem !== null) toast.error(problem);
    else toast("The rule is deleted. What it did stays.");
    onChanged();
  };
  return (
    <tr>
      <td className={tableStyles.name}>
        {text}
        <span className={`${tableStyles.narrow} t12 muted`}>
          <LastResult rule={rule} />
        </span>
      </td>
      <td className={`${tableStyles.wide} t12`}>
        <LastResult rule={rule} />
      </td>
      <td>
        <label className={styles.check}>
          <Permitted needs="changeRetentionRule">
            <input type="checkbox" role="switch" checked={rule.enabled} aria-label={`On: ${text}`} onChange={() => void toggle()} />
          </Permitted>
          {rule.enabled ? "on" : "off"}
        </label>
      </td>
      <td className={tableStyles.actions}>
        <button type="button" className={tableStyles.action} onClick={() => setPreviewing(true)}>
          Dry run
        </button>
        <Permitted needs="deleteRetentionRule">
          <button type="button" className={tableStyles.action} aria-label={`Delete: ${text}`} onClick={() => void discard()}>
            Delete
          </button>
        </Permitted>
        <Dialog title="What the rule would do now" open={previewing} onClose={() => setPreviewing(false)}>
          <p className="second">{text}.</p>
          <RulePreview rule={inputOf(rule)} />
          <div className={dialogStyles.dialogActions}>
            <Button onClick={() => setPreviewing(false)}>Close</Button>
          </div>
        </Dialog>
      </td>
    </tr>
  );
}
