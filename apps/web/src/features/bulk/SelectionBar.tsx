"use client";
/**
 * What can be done with the selected runs of a list, at the bottom of the page. It knows the runs, not the list: any list of runs can show
 * it. Escape clears the selection.
 */
import { type ReactNode, useEffect, useRef, useState } from "react";
import type { MutationName } from "../../graphql/generated/mutationNames.ts";
import { useRouter } from "../addresses/navigation.ts";
import { type ComparedNumbers, comparisonAddress, maxRuns as mostComparedRuns, mostEntries } from "../comparison/comparedRuns.ts";
import floatStyles from "../marks/Float.module.css";
import { formatCount } from "../marks/numbers.ts";
import { useShortcut } from "../marks/useShortcut.ts";
import { Permitted } from "../permissions/Permitted.tsx";
import { usePermissions } from "../permissions/usePermissions.ts";
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
  /** What the selection consists of, such as "2 runs and a group of 5". */
  readonly note?: ReactNode;
  /** What the selection leaves out, beside the count. */
  readonly leftOut?: ReactNode;
  /** Whether `runs` are still those of the last selection. Dialogs then open once it has loaded; Archive and Trash are disabled. */
  readonly isLoading?: boolean;
  readonly onClear: () => void;
  /** Called after the runs have left or changed the list. */
  readonly onChanged?: () => void;
  /** What the comparison of the selection has as its entries. Default: each run by itself. */
  readonly entries?: readonly ComparedNumbers[];
  /** Moves the runs to the trash; without it, the bar has no such button. */
  readonly onTrash?: () => void;
}

const maxRuns = 500;

/** The actions that show their runs before anything changes. */
type Preview = "compare" | "tag" | "rerun" | "move";

export function SelectionBar(props: SelectionBarProps) {
  const { runs, note, leftOut, isLoading = false, entries, onClear, onChanged, onTrash } = props;
  const router = useRouter();
  const { may } = usePermissions();
  const [open, setOpen] = useState<Exclude<Preview, "compare"> | null>(null);
  const [waiting, setWaiting] = useState<Preview | null>(null);
  const bulk = useBulkRuns();
  const ids = runs.map(({ id }) => id);
  const [first] = runs;
  const what = runs.length === 1 && first !== undefined ? first.key : `${formatCount(runs.length)} runs`;
  const allArchived = runs.every(({ archivedAt }) => archivedAt != null);
  const isFull = runs.length > maxRuns;
  const compared = entries ?? runs.map(({ key }) => [Number(key.slice("RUN-".length))]);
  const isComparable = compared.length <= mostEntries && compared.reduce((sum, numbers) => sum + numbers.length, 0) <= mostComparedRuns;
  const canCompare = isLoading || isComparable;
  const canPreview = isLoading || !isFull;
  const begin = (preview: Preview) => {
    if (preview !== "compare") {
      if (!isFull) setOpen(preview);
    } else if (isComparable) router.push(comparisonAddress(compared));
  };
  const choose = (preview: Preview) => (isLoading ? setWaiting(preview) : begin(preview));
  const latest = useRef(begin);
  useEffect(() => {
    latest.current = begin;
  });
  useEffect(() => {
    if (waiting === null || isLoading) return;
    setWaiting(null);
    latest.current(waiting);
  }, [waiting, isLoading]);
  const archive = () => {
    onClear();
    void bulk.archive(ids, !allArchived).then((changed) => {
      if (changed) onChanged?.();
    });
  };
  const canChange = !isLoading && !isFull;
  const keys = { preventDefault: true, ...onCheckboxes };
  const archiving: MutationName = allArchived ? "unarchiveRuns" : "archiveRuns";
  const ofPreview = (needs: MutationName) => ({ ...keys, enabled: open === null && may(needs) && canPreview });
  const ofChange = (needs: MutationName) => ({ ...keys, enabled: open === null && may(needs) && canChange });
  const ofTrash = ofChange("trashRuns");
  useShortcut("c", () => choose("compare"), { ...keys, enabled: open === null && canCompare });
  useShortcut("t", () => choose("tag"), ofPreview("tagRuns"));
  useShortcut("m", () => choose("move"), ofPreview("moveRuns"));
  useShortcut("r", () => choose("rerun"), ofPreview("rerunRuns"));
  useShortcut("a", archive, ofChange(archiving));
  useShortcut("backspace,delete", () => onTrash?.(), { ...ofTrash, enabled: ofTrash.enabled && onTrash !== undefined });
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
          <span className="t12 muted">{isFull ? `at most ${maxRuns} at once` : note}</span>
        </span>
        {leftOut}
        <button
          type="button"
          disabled={!canCompare}
          title={canCompare ? undefined : `At most ${mostEntries} runs or groups are compared at once.`}
          onClick={() => choose("compare")}
        >
          Compare <kbd aria-hidden="true">C</kbd>
        </button>
        <Permitted needs="tagRuns">
          <button
            type="button"
            disabled={!canPreview}
            aria-expanded={open === "tag"}
            onClick={() => (open === "tag" ? setOpen(null) : choose("tag"))}
          >
            Tag <kbd aria-hidden="true">T</kbd>
          </button>
        </Permitted>
        <Permitted needs="rerunRuns">
          <button type="button" disabled={!canPreview} onClick={() => choose("rerun")}>
            Rerun <kbd aria-hidden="true">R</kbd>
          </button>
        </Permitted>
        <Permitted needs="moveRuns">
          <button type="button" disabled={!canPreview} onClick={() => choose("move")}>
            Move <kbd aria-hidden="true">M</kbd>
          </button>
        </Permitted>
        <Permitted needs={archiving}>
          <button type="button" disabled={!canChange} onClick={archive}>
            {allArchived ? "Unarchive" : "Archive"} <kbd aria-hidden="true">A</kbd>
          </button>
        </Permitted>
        {onTrash === undefined ? null : (
          <Permitted needs="trashRuns">
            <button type="button" disabled={!canChange} onClick={onTrash}>
              Trash <kbd aria-hidden="true">⌫</kbd>
            </button>
          </Permitted>
        )}
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
