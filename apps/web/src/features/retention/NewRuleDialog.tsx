"use client";
/** The dialog that adds a retention rule, with what the rule would do now. */
import { type FormEvent, useState } from "react";
import { useMutation } from "urql";
import {
  CreateRetentionRuleDocument,
  type RetentionAction,
  type RetentionRuleInput,
  type RunState,
} from "../../graphql/generated/graphql.ts";
import { RestoredNote } from "../drafts/RestoredNote.tsx";
import { useUnsent } from "../drafts/useUnsent.ts";
import { Button } from "../marks/Button.tsx";
import dialogStyles from "../marks/Dialog.module.css";
import { Dialog } from "../marks/Dialog.tsx";
import { mutationProblem } from "../marks/mutationProblem.ts";
import styles from "./Retention.module.css";
import { RulePreview } from "./RulePreview.tsx";
import { actionNames } from "./ruleText.ts";

const statesOf: Readonly<Record<RetentionAction, readonly (readonly [RunState, string])[]>> = {
  DELETE_TRASHED: [],
  TRASH_RUNS: [
    ["FAILED", "failed"],
    ["CRASHED", "crashed"],
    ["CANCELLED", "cancelled"],
    ["SUCCEEDED", "finished"],
  ],
  TRIM_RUNS: [
    ["SUCCEEDED", "finished"],
    ["CANCELLED", "cancelled"],
  ],
};

const usualStates: Readonly<Record<RetentionAction, readonly RunState[]>> = {
  DELETE_TRASHED: [],
  TRASH_RUNS: ["FAILED", "CRASHED", "CANCELLED"],
  TRIM_RUNS: ["SUCCEEDED"],
};

const explanations: Readonly<Record<RetentionAction, string>> = {
  DELETE_TRASHED: "Deleted runs and experiments cannot be restored.",
  TRASH_RUNS: "They can be restored from the trash.",
  TRIM_RUNS:
    "Elites that lost their niche are deleted with their genomes and images. The archive, its scores and all statistics stay; earlier generations can no longer be shown or forked.",
};

const usualDays = 30;

interface NewRuleDialogProps {
  readonly open: boolean;
  /** All kinds of runs. */
  readonly kinds: readonly { readonly id: string; readonly label: string }[];
  onClose(): void;
  onCreated(): void;
}

export function NewRuleDialog({ open, onClose, ...form }: NewRuleDialogProps) {
  return (
    <Dialog title="New rule" open={open} onClose={onClose}>
      <NewRuleForm onClose={onClose} {...form} />
    </Dialog>
  );
}

/** By their value in the form. */
const archivedChoices = { any: null, archived: true, others: false } as const;
type ArchivedChoice = keyof typeof archivedChoices;

const emptyTexts = { days: String(usualDays), withoutTag: "" };

function NewRuleForm({ kinds: allKinds, onClose, onCreated }: Omit<NewRuleDialogProps, "open">) {
  const [action, setAction] = useState<RetentionAction>("DELETE_TRASHED");
  const [states, setStates] = useState<readonly RunState[]>([]);
  const [kinds, setKinds] = useState<readonly string[]>([]);
  const [archived, setArchived] = useState<ArchivedChoice>("any");
  const unsent = useUnsent("retention rule", emptyTexts);
  const { days, withoutTag } = unsent.values;
  const [keepPinned, setKeepPinned] = useState(true);
  const [previewed, setPreviewed] = useState<RetentionRuleInput | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [{ fetching }, create] = useMutation(CreateRetentionRuleDocument);
  const ofRuns = action !== "DELETE_TRASHED";
  const rule: RetentionRuleInput = {
    action,
    days: Number(days),
    ...(ofRuns
      ? {
          states: [...states],
          // Only evolutions are trimmed.
          kinds: action === "TRASH_RUNS" && kinds.length > 0 ? [...kinds] : null,
          archived: archivedChoices[archived],
          keepPinned,
          withoutTag: withoutTag.trim() === "" ? null : withoutTag.trim(),
        }
      : {}),
  };
  const daysAreValid = /^\d{1,4}$/.test(days) && rule.days >= 1 && rule.days <= 3650;
  const choose = (next: RetentionAction) => {
    setAction(next);
    setStates(usualStates[next]);
    setPreviewed(null);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!daysAreValid) {
      setProblem("Enter 1 to 3650 days.");
      return;
    }
    const { data, error } = await create({ input: { rule, enabled: true } });
    const found = mutationProblem(data?.createRetentionRule, error);
    if (found !== null) {
      setProblem(found);
      return;
    }
    unsent.sent();
    onCreated();
    onClose();
  };
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
      <label>
        <span className="fieldLabel">What it does</span>
        <select className="input" autoFocus value={action} onChange={(event) => choose(event.target.value as RetentionAction)}>
          {Object.entries(actionNames).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
        <span className="t12 muted">{explanations[action]}</span>
      </label>
      <label>
        <span className="fieldLabel">{ofRuns ? "Days since the run ended" : "Days in the trash"}</span>
        <input
          className="input"
          inputMode="numeric"
          value={days}
          aria-invalid={!daysAreValid || undefined}
          onChange={(event) => {
            unsent.change({ days: event.target.value });
            setPreviewed(null);
          }}
        />
      </label>
      {ofRuns ? (
        <>
          <fieldset className={styles.choices}>
            <legend className="fieldLabel">Runs that are</legend>
            {statesOf[action].map(([state, label]) => (
              <label key={state}>
                <input
                  type="checkbox"
                  checked={states.includes(state)}
                  onChange={(event) => {
                    setStates(event.target.checked ? [...states, state] : states.filter((each) => each !== state));
                    setPreviewed(null);
                  }}
                />
                {label}
              </label>
            ))}
          </fieldset>
          {action === "TRASH_RUNS" ? (
            <fieldset className={styles.choices}>
              <legend className="fieldLabel">Of these kinds (none chosen: all)</legend>
              {allKinds.map(({ id, label }) => (
                <label key={id}>
                  <input
                    type="checkbox"
                    checked={kinds.includes(id)}
                    onChange={(event) => {
                      setKinds(event.target.checked ? [...kinds, id] : kinds.filter((each) => each !== id));
                      setPreviewed(null);
                    }}
                  />
                  {label}
                </label>
              ))}
            </fieldset>
          ) : null}
          <label>
            <span className="fieldLabel">Archived or not</span>
            <select
              className="input"
              value={archived}
              onChange={(event) => {
                setArchived(event.target.value as ArchivedChoice);
                setPreviewed(null);
              }}
            >
              <option value="any">Archived runs and others</option>
              <option value="archived">Archived runs only</option>
              <option value="others">Only runs that are not archived</option>
            </select>
          </label>
          <label>
            <span className="fieldLabel">Except runs with this tag (optional)</span>
            <input
              className="input"
              maxLength={40}
              placeholder="paper"
              value={withoutTag}
              onChange={(event) => {
                unsent.change({ withoutTag: event.target.value });
                setPreviewed(null);
              }}
            />
          </label>
          <label className={styles.check}>
            <input
              type="checkbox"
              checked={keepPinned}
              onChange={(event) => {
                setKeepPinned(event.target.checked);
                setPreviewed(null);
              }}
            />
            Leave pinned runs alone
          </label>
        </>
      ) : null}
      {previewed === null ? null : <RulePreview rule={previewed} />}
      {problem === null ? null : (
        <p className="fieldError" role="alert">
          {problem}
        </p>
      )}
      <RestoredNote {...unsent} />
      <div className={dialogStyles.dialogActions}>
        <Button onClick={onClose}>Cancel</Button>
        <Button disabled={!daysAreValid || (ofRuns && states.length === 0)} onClick={() => setPreviewed(rule)}>
          Dry run
        </Button>
        <Button look="primary" type="submit" disabled={fetching || (ofRuns && states.length === 0)}>
          Add rule
        </Button>
      </div>
    </form>
  );
}
