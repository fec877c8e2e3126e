"use client";
/** Renames saved comparisons, edits their notes, and deletes them. A deletion shows at once, is reverted if it fails, and can be undone. */
import { toast } from "sonner";
import { useMutation } from "urql";
import {
  DeleteSavedComparisonDocument,
  EditSavedComparisonDocument,
  RestoreSavedComparisonDocument,
} from "../../graphql/generated/graphql.ts";
import { useReplacement } from "../conflicts/useReplacement.ts";
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
  const replace = useReplacement();
  const sendOf =
    ({ id }: Named) =>
    async (input: Omit<Parameters<typeof edit>[0]["input"], "savedComparisonId">) => {
      const { data, error } = await edit({ input: { savedComparisonId: id, ...input } });
      return { answer: data?.editSavedComparison, error };
    };
  return {
    rename: (named: Named, title: string, previous: string) =>
      replace({ subject: named.key, values: { title }, previous: { title: previous }, labels: { title: "title" }, send: sendOf(named) }),
    editNotes: (named: Named, notes: string, previous: string) =>
      replace({
        subject: named.key,
        values: { notes },
        previous: { notes: previous },
        labels: { notes: "text of the notes" },
        send: sendOf(named),
      }),
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
