"use client";
/** Archives, moves and restarts many runs. Each change can be taken back from its message; the runs that a restart has added then go to the trash. */
import { toast } from "sonner";
import { useMutation } from "urql";
import {
  ArchiveRunsDocument,
  MoveRunsDocument,
  RerunRunsDocument,
  TrashRunsDocument,
  UnarchiveRunsDocument,
} from "../../graphql/generated/graphql.ts";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { formatCount } from "../marks/numbers.ts";
import { noteOwnChange } from "../marks/ownChanges.ts";
import { useAttemptKey } from "../marks/useAttemptKey.ts";
import { useUndo } from "../marks/useUndo.tsx";
import { skippedNote } from "./skippedNote.ts";

export interface BulkRuns {
  /** The runs leave the lists at once, and return if the request fails. */
  archive(ids: readonly string[], archived: boolean): Promise<boolean>;
  move(ids: readonly string[], experiment: { readonly id: string; readonly key: string }): Promise<boolean>;
  rerun(ids: readonly string[], seeds: "SAME" | "NEXT"): Promise<boolean>;
}

function runs(count: number): string {
  return `${formatCount(count)} ${count === 1 ? "run" : "runs"}`;
}

/** Each function returns whether any run was changed. */
export function useBulkRuns(): BulkRuns {
  const [, archiveRuns] = useMutation(ArchiveRunsDocument);
  const [, unarchiveRuns] = useMutation(UnarchiveRunsDocument);
  const [, moveRuns] = useMutation(MoveRunsDocument);
  const [, rerunRuns] = useMutation(RerunRunsDocument);
  const [, trashRuns] = useMutation(TrashRunsDocument);
  const rerunKey = useAttemptKey();
  const showUndo = useUndo();
  /** Says why nothing was changed. */
  const refuse = (what: string, problem: string | null | undefined): false => {
    noteOwnChange();
    toast.error(`No run was ${what}. ${problem ?? "All are as requested already."}`);
    return false;
  };
  const reportUndo = (problem: string | null) => {
    if (problem !== null) toast.error(`The change was not undone. ${problem}`);
  };
  const setArchived = async (ids: readonly string[], archived: boolean, undoable: boolean): Promise<boolean> => {
    noteOwnChange();
    const input = { runIds: [...ids] };
    const { data, error } = archived ? await archiveRuns({ input }) : await unarchiveRuns({ input });
    const answer = data == null ? undefined : "archiveRuns" in data ? data.archiveRuns : data.unarchiveRuns;
    const problem = mutationProblem(answer, error);
    const what = archived ? "archived" : "taken out of the archive";
    if (answer === undefined || !("items" in answer)) return refuse(what, problem);
    const note = skippedNote(answer.items);
    if (answer.undo.length === 0) return refuse(what, note);
    const undo = () => void setArchived(answer.undo, !archived, false);
    if (undoable) showUndo({ title: `${runs(answer.undo.length)} ${what}.`, note, undo });
    return true;
  };
  return {
    archive: (ids, archived) => setArchived(ids, archived, true),
    async move(ids, experiment) {
      const { data, error } = await moveRuns({ input: { moves: [{ runIds: [...ids], experimentId: experiment.id }] } });
      const answer = data?.moveRuns;
      if (answer?.__typename !== "MoveRunsSuccess") return refuse("moved", mutationProblem(answer, error));
      const note = skippedNote(answer.items);
      const count = answer.undo.reduce((sum, { runIds }) => sum + runIds.length, 0);
      if (count === 0) return refuse("moved", note);
      const moves = answer.undo.map(({ runIds, experimentId, previousExperimentId }) => ({ runIds, experimentId, previousExperimentId }));
      showUndo({
        title: `${runs(count)} moved to ${experiment.key}.`,
        note,
        undo: () =>
          void moveRuns({ input: { moves } }).then((back) => {
            const undone = back.data?.moveRuns;
            const left = undone?.__typename === "MoveRunsSuccess" ? skippedNote(undone.items) : undefined;
            if (left !== undefined) toast.error(`Not all runs were moved back. ${left}`);
            else reportUndo(mutationProblem(undone, back.error));
          }),
      });
      return true;
    },
    async rerun(ids, seeds) {
      const input = { runIds: [...ids], seeds };
      const { data, error } = await rerunRuns({ input: { ...input, idempotencyKey: rerunKey.of(input) } });
      const answer = data?.rerunRuns;
      if (answer !== undefined) rerunKey.forget();
      if (answer?.__typename !== "RerunRunsSuccess") return refuse("started", mutationProblem(answer, error));
      const note = skippedNote(answer.items);
      const [first] = answer.runs;
      if (first === undefined) return refuse("started", note);
      const last = answer.runs.at(-1);
      const names = last === undefined || last.key === first.key ? first.key : `${first.key} to ${last.key}`;
      const startedIds = answer.runs.map(({ id }) => id);
      showUndo({
        title: `${runs(answer.runs.length)} started: ${names}.`,
        note,
        undo: () =>
          void trashRuns({ ids: startedIds }).then((back) => {
            const problem = mutationProblem(back.data?.trashRuns, back.error);
            reportUndo(problem);
            if (problem === null) toast(`${runs(startedIds.length)} cancelled and moved to the trash.`);
          }),
      });
      return true;
    },
  };
}
