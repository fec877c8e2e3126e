"use client";
/** What can be done with the selected experiments of a list, at the bottom of the page. Escape clears the selection. */
import { useState } from "react";
import type { ExperimentRowFragment } from "../../graphql/generated/graphql.ts";
import type { MutationName } from "../../graphql/generated/mutationNames.ts";
import floatStyles from "../marks/Float.module.css";
import { formatCount } from "../marks/numbers.ts";
import { useShortcut } from "../marks/useShortcut.ts";
import { Permitted } from "../permissions/Permitted.tsx";
import { usePermissions } from "../permissions/usePermissions.ts";
import { useTrash } from "../trash/useTrash.ts";
import styles from "./Bulk.module.css";
import { onCheckboxes } from "./onCheckboxes.ts";
import { TagPopover } from "./TagPopover.tsx";
import { useBulkExperiments } from "./useBulkExperiments.ts";

interface ExperimentSelectionBarProps {
  /** At least one. */
  readonly experiments: readonly ExperimentRowFragment[];
  readonly onClear: () => void;
  /** Called after experiments have left or changed the list. */
  readonly onChanged: () => void;
}

const maxExperiments = 500;

export function ExperimentSelectionBar({ experiments, onClear, onChanged }: ExperimentSelectionBarProps) {
  const { may } = usePermissions();
  const [tagging, setTagging] = useState(false);
  const bulk = useBulkExperiments();
  const { trash } = useTrash("experiment");
  const ids = experiments.map(({ id }) => id);
  const [first] = experiments;
  const what = experiments.length === 1 && first !== undefined ? first.key : `${formatCount(experiments.length)} experiments`;
  const allArchived = experiments.every(({ archivedAt }) => archivedAt != null);
  const allPinned = experiments.every(({ pinned }) => pinned);
  const isFull = experiments.length > maxExperiments;
  const archiving: MutationName = allArchived ? "unarchiveExperiments" : "archiveExperiments";
  const keys = { enabled: !tagging && !isFull, preventDefault: true, ...onCheckboxes };
  const keysOf = (needs: MutationName) => ({ ...keys, enabled: keys.enabled && may(needs) });
  const leave = (changed: boolean) => {
    if (!changed) return;
    onClear();
    onChanged();
  };
  const archive = () => {
    onClear();
    void bulk.archive(ids, !allArchived).then((changed) => {
      if (changed) onChanged();
    });
  };
  const pin = () => void bulk.pin(experiments, !allPinned).then(onChanged);
  const moveToTrash = () => void trash(experiments, onChanged).then(leave);
  useShortcut("t", () => setTagging(true), keysOf("tagExperiments"));
  useShortcut("p", pin, keys);
  useShortcut("a", archive, keysOf(archiving));
  useShortcut("backspace,delete", moveToTrash, keysOf("trashExperiments"));
  useShortcut("escape", () => (tagging ? setTagging(false) : onClear()), { preventDefault: true, ...onCheckboxes });
  return (
    <div role="toolbar" aria-label="Selected experiments" className={`${floatStyles.float} ${styles.bar}`}>
      <span className={styles.count} role="status">
        <b>
          <span className="n12">{formatCount(experiments.length)}</span> selected
        </b>{" "}
        <span className="t12 muted">{isFull ? `at most ${maxExperiments} at once` : null}</span>
      </span>
      <Permitted needs="tagExperiments">
        <button type="button" disabled={isFull} aria-expanded={tagging} onClick={() => setTagging(!tagging)}>
          Tag <kbd aria-hidden="true">T</kbd>
        </button>
      </Permitted>
      <button type="button" disabled={isFull} onClick={pin}>
        {allPinned ? "Unpin" : "Pin"} <kbd aria-hidden="true">P</kbd>
      </button>
      <Permitted needs={archiving}>
        <button type="button" disabled={isFull} onClick={archive}>
          {allArchived ? "Unarchive" : "Archive"} <kbd aria-hidden="true">A</kbd>
        </button>
      </Permitted>
      <Permitted needs="trashExperiments">
        <button type="button" disabled={isFull} onClick={moveToTrash}>
          Trash <kbd aria-hidden="true">⌫</kbd>
        </button>
      </Permitted>
      <span className={styles.divider} />
      <button type="button" onClick={onClear}>
        Clear <kbd aria-hidden="true">Esc</kbd>
      </button>
      {tagging ? (
        <TagPopover subject="Experiment" rows={experiments} what={what} onChanged={onChanged} onClose={() => setTagging(false)} />
      ) : null}
    </div>
  );
}
