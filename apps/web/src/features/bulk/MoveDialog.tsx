"use client";
/** The dialog that chooses the experiment to which the selected runs move. */
import { useState } from "react";
import { useExperimentChoices } from "../experiments/useExperimentChoices.ts";
import { ExperimentOption } from "../locks/ExperimentOption.tsx";
import { Button } from "../marks/Button.tsx";
import dialogStyles from "../marks/Dialog.module.css";
import { Dialog } from "../marks/Dialog.tsx";
import { RequestError } from "../marks/ErrorState.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import styles from "./Bulk.module.css";

interface Experiment {
  readonly id: string;
  readonly key: string;
}

interface MoveDialogProps {
  readonly what: string;
  readonly open: boolean;
  onClose(): void;
  onMove(experiment: Experiment): void;
}

export function MoveDialog({ what, open, onClose, onMove }: MoveDialogProps) {
  return (
    <Dialog title={`Move ${what}`} open={open} onClose={onClose}>
      <MoveForm onClose={onClose} onMove={onMove} />
    </Dialog>
  );
}

function MoveForm({ onClose, onMove }: Pick<MoveDialogProps, "onClose" | "onMove">) {
  const { nodes, error, refetch } = useExperimentChoices();
  const [id, setId] = useState("");
  if (nodes === undefined) return error === undefined ? <SkeletonLines count={2} /> : <RequestError message={error} onRetry={refetch} />;
  const chosen = nodes.find((experiment) => experiment.id === id);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen !== undefined) onMove(chosen);
      }}
    >
      <label>
        <span className="fieldLabel">Experiment</span>
        <select className="input" value={id} onChange={(event) => setId(event.target.value)}>
          <option value="">Choose an experiment</option>
          {nodes.map((experiment) => (
            <ExperimentOption key={experiment.id} experiment={experiment} />
          ))}
        </select>
      </label>
      <div className={dialogStyles.dialogActions}>
        <Button onClick={onClose}>Cancel</Button>
        <Button look="primary" type="submit" disabled={chosen === undefined}>
          Move
        </Button>
      </div>
    </form>
  );
}
