"use client";
/** Renames saved comparisons, edits their notes, and deletes them. A deletion shows at once, is reverted if it fails, and can be undone. */
import { toast } from "sonner";
import { useMutation } from "urql";
import {
  DeleteSavedComparisonDocument,
  EditSavedComparisonDocument,
  RestoreSavedComparisonDocument,
} from "../../graphql/generated/graphql.ts";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { noteOwnChange } from "../marks/ownChanges.ts";
import { useUndo } from "../marks/useUndo.tsx";

interface Named {
  readonly id: string;
  readonly key: string;
}

export function useSavedComparisonChanges() {
  const [, edit] = useMutation(EditSavedComparisonDocument);
  const [, remove] = useMutation(DeleteSavedComparisonDocument);
  const [, restore] = useMutation(RestoreSavedComparisonDocument);
  const showUndo = useUndo();
  /** Resolves to why it was not changed; null if it was. */
  const send = async (input: Parameters<typeof edit>[0]["input"]): Promise<string | null> => {
    const { data, error } = await edit({ input });
    return mutationProblem(data?.editSavedComparison, error);
  };
  return {
    rename: ({ id }: Named, title: string, previousTitle: string | null) => send({ savedComparisonId: id, title, previousTitle }),
    editNotes: ({ id }: Named, notes: string, previousNotes: string) => send({ savedComparisonId: id, notes, previousNotes }),
    async remove({ id, key }: Named): Promise<void> {
      noteOwnChange();
      const { data, error } = await remove({ input: { savedComparisonId: id } });
      const problem = mutationProblem(data?.deleteSavedComparison, error);
      if (problem !== null) {
        noteOwnChange();
        toast.error(`${key} was not deleted. ${problem}`);
        return;
      }
      showUndo({
        title: `${key} is deleted.`,
        undo: () =>
          void restore({ input: { savedComparisonId: id } }).then((answer) => {
            const reason = mutationProblem(answer.data?.restoreSavedComparison, answer.error);
            if (reason !== null) toast.error(`${key} was not restored. ${reason}`);
          }),
      });
    },
  };
}
