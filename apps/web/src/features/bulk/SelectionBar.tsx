"use client";
/**
 * What can be done with the selected runs of a list, at the bottom of the page. It knows the runs, not the list: any list of runs can show
 * it. Escape clears the selection.
 */
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { type ComparedNumbers, comparisonAddress, mostRuns as mostComparedRuns, mostEntries } from "../comparison/comparedRuns.ts";
import floatStyles from "../marks/Float.module.css";
import { formatCount } from "../marks/numbers.ts";
import { useShortcut } from "../marks/useShortcut.ts";
import styles from "./Bulk.module.css";
import { MoveDialog } from "./MoveDialog.tsx";
import { onCheckboxes } from "./onCheckboxes.ts";
import { RerunDialog } from "./RerunDialog.tsx";
import { TagPopover } from "./TagPopover.tsx";
import { useBulkRuns } from "./useBulkRuns.ts";

interface SelectedRun {
  readonly id: string;
  readonly key: string;
  readonly archivedAt?: string | null | undefined;
  readonly tags: readonly { readonly name: string }[];
}

interface SelectionBarProps {
  /** At least one. */
  readonly runs: readonly SelectedRun[];
  /** Whether the viewer may change runs; all members may compare them. Default: yes. */
  readonly writable?: boolean;
  /** What the selection consists of, such as "2 runs and a group of 5". */
  readonly note?: ReactNode;
  readonly onClear: () => void;
  /** Called after the runs have left or changed the list. */
  readonly onChanged?: () => void;
  /** What the comparison of the selection has as its entries. Default: each run by itself. */
  readonly entries?: readonly ComparedNumbers[];
  /** Moves the runs to the trash; without it, the bar has no such button. */
  readonly onTrash?: () => void;
}

const mostRuns = 500;

export function SelectionBar({ runs, writable = true, note, entries, onClear, onChanged, onTrash }: SelectionBarProps) {
  const router = useRouter();
  const [open, setOpen] = useState<"tag" | "move" | "rerun" | null>(null);
  const bulk = useBulkRuns();
  const ids = runs.map(({ id }) => id);
  const [first] = runs;
  const what = runs.length === 1 && first !== undefined ? first.key : `${formatCount(runs.length)} runs`;
  const allArchived = runs.every(({ archivedAt }) => archivedAt != null);
  const isFull = runs.length > mostRuns;
  const compared = entries ?? runs.map(({ key }) => [Number(key.slice("RUN-".length))]);
  const canCompare = compared.length <= mostEntries && compared.reduce((sum, numbers) => sum + numbers.length, 0) <= mostComparedRuns;
  const compare = () => router.push(comparisonAddress(compared));
  const keys = { enabled: open === null && !isFull, preventDefault: true, ...onCheckboxes };
  const archive = () => {
    onClear();
    void bulk.archive(ids, !allArchived).then((changed) => {
      if (changed) onChanged?.();
    });
  };
  const canChange = writable && !isFull;
  const edits = { ...keys, enabled: keys.enabled && writable };
  useShortcut("c", compare, { ...keys, enabled: keys.enabled && canCompare });
  useShortcut("t", () => setOpen("tag"), edits);
  useShortcut("m", () => setOpen("move"), edits);
  useShortcut("r", () => setOpen("rerun"), edits);
  useShortcut("a", archive, edits);
  useShortcut("backspace,delete", () => onTrash?.(), { ...edits, enabled: edits.enabled && onTrash !== undefined });
  useShortcut("escape", () => (open === null ? onClear() : setOpen(null)), { preventDefault: true, ...onCheckboxes });
  const finish = (changed: boolean) => {
    setOpen(null);
    if (!changed) return;
    onClear();
    onChanged?.();
  };
  return (
    <>
      <div role="toolbar" aria-label="Selected runs" className={`${floatStyles.float} ${styles.bar}`}>
        <span className={styles.count} role="status">
          <b>
            <span className="n12">{formatCount(runs.length)}</span> selected
          </b>{" "}
          <span className="t12 muted">{isFull ? `at most ${mostRuns} at once` : note}</span>
        </span>
        <button
          type="button"
          disabled={!canCompare}
          title={canCompare ? undefined : `At most ${mostEntries} runs or groups are compared at once.`}
          onClick={compare}
        >
          Compare <kbd aria-hidden="true">C</kbd>
        </button>
        {writable ? (
          <>
            <button
              type="button"
              disabled={!canChange}
              aria-expanded={open === "tag"}
              onClick={() => setOpen(open === "tag" ? null : "tag")}
            >
              Tag <kbd aria-hidden="true">T</kbd>
            </button>
            <button type="button" disabled={!canChange} onClick={() => setOpen("rerun")}>
              Rerun <kbd aria-hidden="true">R</kbd>
            </button>
            <button type="button" disabled={!canChange} onClick={() => setOpen("move")}>
              Move <kbd aria-hidden="true">M</kbd>
            </button>
            <button type="button" disabled={!canChange} onClick={archive}>
              {allArchived ? "Unarchive" : "Archive"} <kbd aria-hidden="true">A</kbd>
            </button>
            {onTrash === undefined ? null : (
              <button type="button" disabled={!canChange} onClick={onTrash}>
                Trash <kbd aria-hidden="true">⌫</kbd>
              </button>
            )}
          </>
        ) : null}
        <span className={styles.divider} />
        <button type="button" onClick={onClear}>
          Clear <kbd aria-hidden="true">Esc</kbd>
        </button>
        {open === "tag" ? (
          <TagPopover subject="Run" rows={runs} what={what} onChanged={() => onChanged?.()} onClose={() => setOpen(null)} />
        ) : null}
      </div>
      <MoveDialog
        what={what}
        open={open === "move"}
        onClose={() => setOpen(null)}
        onMove={(experiment) => void bulk.move(ids, experiment).then(finish)}
      />
      <RerunDialog
        what={what}
        count={runs.length}
        open={open === "rerun"}
        onClose={() => setOpen(null)}
        onRerun={(seeds) => void bulk.rerun(ids, seeds).then(finish)}
      />
    </>
  );
}
