"use client";
/** Moves runs and experiments to the trash and back. Each change shows a toast, from which a move to the trash can be undone. */
import { toast } from "sonner";
import { type CombinedError, useMutation } from "urql";
import {
  RestoreExperimentsDocument,
  RestoreRunsDocument,
  type TrashChangeFragment,
  TrashExperimentsDocument,
  TrashRunsDocument,
} from "../../graphql/generated/graphql.ts";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { noteOwnChange } from "../marks/ownChanges.ts";
import { useUndo } from "../marks/useUndo.tsx";

export interface TrashSubject {
  readonly id: string;
  readonly key: string;
}

type Noun = "run" | "experiment";
type Answer =
  | ({ readonly __typename: "TrashChangeSuccess" } & TrashChangeFragment)
  | { readonly __typename: string; readonly message?: string };

/** The change, or why it was not made. */
export function changeOf(answer: Answer | undefined, error: CombinedError | undefined): TrashChangeFragment | string {
  if (answer !== undefined && "changedIds" in answer) return answer;
  return mutationProblem(answer, error) ?? "Nothing was changed.";
}

/** "RUN-7", or "3 runs". */
function nameOf(subjects: readonly TrashSubject[], noun: Noun): string {
  return subjects.length === 1 ? (subjects[0]?.key ?? "") : `${subjects.length} ${noun}s`;
}

/** Says that running runs are being cancelled; undefined if there are none. */
function noteOfCancelled(count: number, moved: readonly TrashSubject[], noun: Noun): string | undefined {
  if (count === 0) return undefined;
  if (noun === "run" && moved.length === 1) return "It is being cancelled.";
  return count === 1 ? "1 run is being cancelled." : `${count} runs are being cancelled.`;
}

export function useTrash(noun: Noun) {
  const showUndo = useUndo();
  const [, trashRuns] = useMutation(TrashRunsDocument);
  const [, trashExperiments] = useMutation(TrashExperimentsDocument);
  const [, restoreRuns] = useMutation(RestoreRunsDocument);
  const [, restoreExperiments] = useMutation(RestoreExperimentsDocument);

  const send = async (restores: boolean, ids: string[]): Promise<TrashChangeFragment | string> => {
    if (noun === "run") {
      if (restores) {
        const { data, error } = await restoreRuns({ ids });
        return changeOf(data?.restoreRuns, error);
      }
      const { data, error } = await trashRuns({ ids });
      return changeOf(data?.trashRuns, error);
    }
    if (restores) {
      const { data, error } = await restoreExperiments({ ids });
      return changeOf(data?.restoreExperiments, error);
    }
    const { data, error } = await trashExperiments({ ids });
    return changeOf(data?.trashExperiments, error);
  };

  const restore = async (subjects: readonly TrashSubject[], onRestored?: () => void): Promise<boolean> => {
    const change = await send(
      true,
      subjects.map(({ id }) => id),
    );
    if (typeof change === "string") {
      toast.error(`${nameOf(subjects, noun)} was not restored. ${change}`);
      return false;
    }
    for (const { message } of change.refused) toast.error(message);
    if (change.changedIds.length === 0) return false;
    noteOwnChange();
    toast(`${nameOf(subjects.slice(0, change.changedIds.length), noun)} restored`);
    onRestored?.();
    return true;
  };

  /** Returns whether anything was moved. `onRestored` is called if the user undoes it. */
  const trash = async (subjects: readonly TrashSubject[], onRestored?: () => void): Promise<boolean> => {
    const change = await send(
      false,
      subjects.map(({ id }) => id),
    );
    if (typeof change === "string") {
      toast.error(`${nameOf(subjects, noun)} was not moved to the trash. ${change}`);
      return false;
    }
    for (const { message } of change.refused) toast.error(message);
    const moved = subjects.filter(({ id }) => change.changedIds.includes(id));
    if (moved.length === 0) return false;
    showUndo({
      title: `${nameOf(moved, noun)} moved to the trash.`,
      note: noteOfCancelled(change.cancelledCount, moved, noun),
      undo: () => void restore(moved, onRestored),
    });
    return true;
  };

  return { trash, restore };
}
