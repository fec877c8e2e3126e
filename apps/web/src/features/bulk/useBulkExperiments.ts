"use client";
/**
 * Archives and pins many experiments. Archived experiments leave the lists at once, and return if the request fails. The message about each
 * change offers an exact undo.
 */
import { toast } from "sonner";
import { useMutation } from "urql";
import { ArchiveExperimentsDocument, PinDocument, UnarchiveExperimentsDocument, UnpinDocument } from "../../graphql/generated/graphql.ts";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { formatCount } from "../marks/numbers.ts";
import { noteOwnChange } from "../marks/ownChanges.ts";
import { useUndo } from "../marks/useUndo.tsx";
import { skippedNote } from "./skippedNote.ts";

interface Pinnable {
  readonly id: string;
  readonly pinned: boolean;
}

const experiments = (count: number) => `${formatCount(count)} ${count === 1 ? "experiment" : "experiments"}`;

/** Each function returns whether any experiment was changed. */
export function useBulkExperiments() {
  const [, archiveAll] = useMutation(ArchiveExperimentsDocument);
  const [, unarchiveAll] = useMutation(UnarchiveExperimentsDocument);
  const [, pin] = useMutation(PinDocument);
  const [, unpin] = useMutation(UnpinDocument);
  const showUndo = useUndo();
  const archive = async (ids: readonly string[], archived: boolean, undoable = true): Promise<boolean> => {
    noteOwnChange();
    const input = { experimentIds: [...ids] };
    const { data, error } = archived ? await archiveAll({ input }) : await unarchiveAll({ input });
    const answer = data == null ? undefined : "archiveExperiments" in data ? data.archiveExperiments : data.unarchiveExperiments;
    const what = archived ? "archived" : "taken out of the archive";
    const isDone = answer !== undefined && "items" in answer;
    const note = isDone ? skippedNote(answer.items) : undefined;
    if (!isDone || answer.undo.length === 0) {
      noteOwnChange();
      toast.error(`No experiment was ${what}. ${mutationProblem(answer, error) ?? note ?? "All are as requested already."}`);
      return false;
    }
    const { undo } = answer;
    if (undoable) showUndo({ title: `${experiments(undo.length)} ${what}.`, note, undo: () => void archive(undo, !archived, false) });
    return true;
  };
  /** Pins are set one at a time: they concern only the viewer. */
  const setPins = async (changed: readonly Pinnable[], pinned: boolean, undoable = true): Promise<boolean> => {
    let done = 0;
    let problem: string | null = null;
    for (const { id } of changed) {
      const input = { subjectId: id };
      const { data, error } = pinned ? await pin({ input }) : await unpin({ input });
      const reason = mutationProblem(data == null ? undefined : "pin" in data ? data.pin : data.unpin, error);
      if (reason === null) done++;
      else problem = reason;
    }
    const what = pinned ? "pinned" : "no longer pinned";
    if (problem !== null) toast.error(`${experiments(changed.length - done)} not ${pinned ? "pinned" : "unpinned"}. ${problem}`);
    if (done > 0 && undoable) showUndo({ title: `${experiments(done)} ${what}.`, undo: () => void setPins(changed, !pinned, false) });
    return done > 0;
  };
  return {
    archive: (ids: readonly string[], archived: boolean) => archive(ids, archived),
    pin: (all: readonly Pinnable[], pinned: boolean) =>
      setPins(
        all.filter((each) => each.pinned !== pinned),
        pinned,
      ),
  };
}
