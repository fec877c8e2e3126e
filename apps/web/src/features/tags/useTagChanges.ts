"use client";
/** Renames, merges and deletes tags. A new name can be taken back from its message. */
import { toast } from "sonner";
import { useMutation } from "urql";
import { DeleteTagDocument, RenameTagDocument, type TagRowFragment } from "../../graphql/generated/graphql.ts";
import { problemOf, useReplacement } from "../conflicts/useReplacement.ts";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { useUndo } from "../marks/useUndo.tsx";

/** @param onChanged after every change, to read the tags again. */
export function useTagChanges(onChanged: () => void) {
  const [, rename] = useMutation(RenameTagDocument);
  const [, remove] = useMutation(DeleteTagDocument);
  const showUndo = useUndo();
  const replace = useReplacement();
  const send = async (tag: TagRowFragment, change: { name: string; previous: string; merge: boolean }) => {
    const outcome = await replace({
      subject: `the tag “${tag.name}”`,
      values: { name: change.name },
      previous: { name: change.previous },
      labels: { name: "name" },
      async send(input) {
        const { data, error } = await rename({ input: { tagId: tag.id, merge: change.merge, ...input } });
        return { answer: data?.renameTag, error };
      },
    });
    onChanged();
    return outcome;
  };
  return {
    /** Resolves to why nothing was changed; null if it was. */
    async rename(tag: TagRowFragment, name: string, merge: boolean): Promise<string | null> {
      const outcome = await send(tag, { name, previous: tag.name, merge });
      if (outcome.kind !== "saved") return problemOf(outcome);
      const before = outcome.replaced.name;
      if (merge) toast(`“${tag.name}” is merged into “${name}”.`);
      else
        showUndo({
          title: `“${before}” is now “${name}”.`,
          undo: () =>
            void send(tag, { name: before, previous: name, merge: false }).then((back) => {
              const reason = problemOf(back);
              if (reason !== null) toast.error(`“${name}” was not renamed. ${reason}`);
            }),
        });
      return null;
    },
    async remove(tag: TagRowFragment): Promise<void> {
      const { data, error } = await remove({ input: { tagId: tag.id } });
      const problem = mutationProblem(data?.deleteTag, error);
      if (problem === null) toast(`The tag “${tag.name}” is deleted.`);
      else toast.error(`“${tag.name}” was not deleted. ${problem}`);
      onChanged();
    },
  };
}
