"use client";
/** Renames, merges and deletes tags. A new name can be taken back from its message. */
import { toast } from "sonner";
import { useMutation } from "urql";
import { DeleteTagDocument, RenameTagDocument, type TagRowFragment } from "../../graphql/generated/graphql.ts";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { useUndo } from "../marks/useUndo.tsx";

/** @param onChanged after every change, to read the tags again. */
export function useTagChanges(onChanged: () => void) {
  const [, rename] = useMutation(RenameTagDocument);
  const [, remove] = useMutation(DeleteTagDocument);
  const showUndo = useUndo();
  const send = async (tagId: string, name: string, merge: boolean): Promise<string | null> => {
    const { data, error } = await rename({ input: { tagId, name, merge } });
    onChanged();
    return mutationProblem(data?.renameTag, error);
  };
  return {
    /** Resolves to why nothing was changed; null if it was. */
    async rename(tag: TagRowFragment, name: string, merge: boolean): Promise<string | null> {
      const problem = await send(tag.id, name, merge);
      if (problem !== null) return problem;
      if (merge) toast(`“${tag.name}” is merged into “${name}”.`);
      else
        showUndo({
          title: `“${tag.name}” is now “${name}”.`,
          undo: () =>
            void send(tag.id, tag.name, false).then((reason) => {
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
