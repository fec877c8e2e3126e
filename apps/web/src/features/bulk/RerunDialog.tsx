"use client";
/** The dialog that starts the selected runs again, with the same seeds or as further replicates. */
import { useState } from "react";
import { Button } from "../marks/Button.tsx";
import dialogStyles from "../marks/Dialog.module.css";
import { Dialog } from "../marks/Dialog.tsx";
import { formatCount } from "../marks/numbers.ts";
import styles from "./Bulk.module.css";

const choices = [
  { seeds: "NEXT", label: "Next seeds", note: "Further replicates: seeds after the largest one of the experiment." },
  { seeds: "SAME", label: "Same seeds", note: "The same results again, on the same engine and instruction set." },
] as const;

export type Seeds = (typeof choices)[number]["seeds"];

interface RerunDialogProps {
  readonly what: string;
  readonly count: number;
  readonly open: boolean;
  onClose(): void;
  onRerun(seeds: Seeds): void;
}

export function RerunDialog({ what, count, open, onClose, onRerun }: RerunDialogProps) {
  const [seeds, setSeeds] = useState<Seeds>("NEXT");
  const [sent, setSent] = useState(false);
  return (
    <Dialog
      title={`Rerun ${what}`}
      open={open}
      onClose={() => {
        setSent(false);
        onClose();
      }}
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          setSent(true);
          onRerun(seeds);
        }}
      >
        <p>Each new run has the plan, parameters and model of its original, and belongs to the same experiment.</p>
        {choices.map((choice) => (
          <label key={choice.seeds} className={styles.choice}>
            <input type="radio" name="seeds" checked={seeds === choice.seeds} onChange={() => setSeeds(choice.seeds)} />
            <span>
              {choice.label}
              <span className="t12 muted">{choice.note}</span>
            </span>
          </label>
        ))}
        <div className={dialogStyles.dialogActions}>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" disabled={sent}>
            Start {formatCount(count)} {count === 1 ? "run" : "runs"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
