"use client";
/** Chooses the runs whose images may be drawn. */
import { useState } from "react";
import { useAllPages } from "../../graphql/client/useAllPages.ts";
import { StudyRunsDocument, type StudyRunsQuery } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import dialogStyles from "../marks/Dialog.module.css";
import { Dialog } from "../marks/Dialog.tsx";
import { SkeletonLines } from "../marks/Skeleton.tsx";
import { StateGlyph } from "../marks/StateGlyph.tsx";
import styles from "./ChoiceDialog.module.css";

const runsOf = ({ runs }: StudyRunsQuery) => runs;
const maxRuns = 50;

interface RunsDialogProps {
  readonly open: boolean;
  /** IDs of runs. */
  readonly chosen: readonly string[];
  onChoose(ids: readonly string[]): void;
  onClose(): void;
}

export function RunsDialog({ open, onClose, ...rest }: RunsDialogProps) {
  return (
    <Dialog title="Runs whose images are drawn" open={open} onClose={onClose}>
      <RunChoice {...rest} onClose={onClose} />
    </Dialog>
  );
}

function RunChoice({ chosen, onChoose, onClose }: Omit<RunsDialogProps, "open">) {
  const { nodes, error } = useAllPages(StudyRunsDocument, {}, runsOf);
  const [ids, setIds] = useState<readonly string[]>(chosen);
  const [search, setSearch] = useState("");
  const text = search.trim().toLowerCase();
  const shown = nodes?.filter(({ key, name, model }) => `${key} ${name} ${model?.name ?? ""}`.toLowerCase().includes(text));
  return (
    <>
      <input
        className="input"
        type="search"
        aria-label="Filter runs"
        placeholder="Filter by key, name or model"
        value={search}
        onChange={({ target }) => setSearch(target.value)}
      />
      {error === undefined ? null : <p className="fieldError">{error}</p>}
      {shown === undefined ? <SkeletonLines count={4} /> : null}
      {shown?.length === 0 ? <p className="second">{nodes?.length === 0 ? "There are no runs yet." : "No run matches."}</p> : null}
      <ul className={styles.choices} tabIndex={-1}>
        {shown?.map(({ id, key, name, state, model }) => (
          <li key={id}>
            <label>
              <input
                type="checkbox"
                checked={ids.includes(id)}
                disabled={!ids.includes(id) && ids.length >= maxRuns}
                onChange={({ target }) => setIds(target.checked ? [...ids, id] : ids.filter((other) => other !== id))}
              />
              <span className={styles.choiceName}>
                <span>
                  <span className="n12">{key}</span> {name}
                </span>
                <span className="t12 muted">{model?.name}</span>
              </span>
              <StateGlyph state={state} />
            </label>
          </li>
        ))}
      </ul>
      <div className={dialogStyles.dialogActions}>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          look="primary"
          onClick={() => {
            onChoose(ids);
            onClose();
          }}
        >
          Draw from {ids.length} {ids.length === 1 ? "run" : "runs"}
        </Button>
      </div>
    </>
  );
}
