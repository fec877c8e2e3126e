"use client";
/** The end of every fork dialog: the settings that differ from the original, the reason of a refusal, and the buttons. */
import type { ReactNode } from "react";
import { Button } from "../marks/Button.tsx";
import dialogStyles from "../marks/Dialog.module.css";
import { DifferenceList, type ShownDifference } from "./DifferenceList.tsx";

interface ForkFormFrameProps {
  readonly runKey: string;
  readonly differences: readonly ShownDifference[];
  readonly isValid: boolean;
  readonly busy: boolean;
  readonly problem: string | null;
  readonly children: ReactNode;
  onSubmit(): void;
  onClose(): void;
}

export function ForkFormFrame({ runKey, differences, isValid, busy, problem, children, onSubmit, onClose }: ForkFormFrameProps) {
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (isValid) onSubmit();
      }}
    >
      {children}
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
        <Button look="primary" type="submit" disabled={busy || !isValid}>
          {busy ? "Forking" : "Fork"}
        </Button>
      </div>
    </form>
  );
}
