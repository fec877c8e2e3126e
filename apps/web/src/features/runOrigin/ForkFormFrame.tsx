"use client";
/**
 * The form of every fork dialog: what the fork keeps, the fields of its kind, the seed and the parameters, then the settings that differ from
 * the original, the reason of a refusal, and the buttons.
 */
import type { ReactNode } from "react";
import { RestoredNote } from "../drafts/RestoredNote.tsx";
import { Button } from "../marks/Button.tsx";
import dialogStyles from "../marks/Dialog.module.css";
import { ExpertParameters } from "../newRun/ExpertParameters.tsx";
import { NumberField } from "../newRun/NumberField.tsx";
import { DifferenceList, type ShownDifference } from "./DifferenceList.tsx";
import styles from "./ForkFormFrame.module.css";
import type { ForkSettings } from "./useForkSettings.ts";

interface ForkFormFrameProps {
  readonly settings: ForkSettings;
  /** What the fork keeps of the original. */
  readonly intro: ReactNode;
  /** The fields of the kind of run, before the seed. */
  readonly fields: ReactNode;
  /** The size of the plan: null after an invalid entry. */
  readonly size: { readonly name: string; readonly label: string; readonly before: number; readonly after: number | null };
  readonly busy: boolean;
  readonly problem: string | null;
  /** Resolves to whether the fork was created. */
  onSubmit(input: NonNullable<ForkSettings["input"]>, size: number): Promise<boolean>;
  onClose(): void;
}

export function ForkFormFrame({ settings, intro, fields, size, busy, problem, onSubmit, onClose }: ForkFormFrameProps) {
  const { runKey, input } = settings;
  const differences: readonly ShownDifference[] = [size, ...settings.differences].filter(
    ({ before, after }) => after !== null && before !== after,
  );
  const submit = async () => {
    if (input !== null && size.after !== null && (await onSubmit(input, size.after))) settings.sent();
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <p className="second">{intro}</p>
      <RestoredNote {...settings.restored} />
      <div className={styles.fields}>
        {fields}
        <NumberField
          label="Seed"
          value={settings.seedText}
          problem={settings.seedProblem}
          onChange={(seedText) => settings.change({ seedText })}
        />
      </div>
      <ExpertParameters
        specs={settings.specs}
        values={settings.values}
        paper={settings.original}
        reference={runKey}
        onChange={settings.setValue}
        onReset={settings.resetValues}
      />
      <p className="t12 muted" role="status">
        {differences.length === 0 ? (
          <>Without changes, the fork repeats {runKey} from there, bit for bit.</>
        ) : (
          <>
            Differs from {runKey} in: <DifferenceList differences={differences} />.
          </>
        )}
      </p>
      {problem === null ? null : (
        <p className="fieldError" role="alert">
          {problem}
        </p>
      )}
      <div className={dialogStyles.dialogActions}>
        <Button onClick={onClose}>Cancel</Button>
        <Button look="primary" type="submit" disabled={busy || input === null || size.after === null}>
          {busy ? "Forking" : "Fork"}
        </Button>
      </div>
    </form>
  );
}
