"use client";
/** Archives or unarchives an experiment, which can be taken back. Active runs continue. */
import { toast } from "sonner";
import { useMutation } from "urql";
import { ArchiveExperimentDocument } from "../../graphql/generated/graphql.ts";
import { plainMessage } from "../marks/ErrorState.tsx";
import { useUndo } from "../marks/useUndo.tsx";

interface Archivable {
  readonly id: string;
  readonly key: string;
}

export function useArchiveExperiment() {
  const [, send] = useMutation(ArchiveExperimentDocument);
  const showUndo = useUndo();
  const archive = async (experiment: Archivable, archived: boolean, undoable = true): Promise<void> => {
    const { data, error } = await send({ input: { experimentId: experiment.id, archived } });
    const outcome = data?.archiveExperiment;
    if (outcome?.__typename !== "ArchiveExperimentSuccess") {
      toast.error(
        `${experiment.key} was not ${archived ? "archived" : "unarchived"}. ${outcome?.message ?? plainMessage(error?.message ?? "")}`,
      );
      return;
    }
    if (!undoable) return;
    showUndo({
      title: archived ? `${experiment.key} is archived.` : `${experiment.key} is no longer archived.`,
      undo: () => void archive(experiment, !archived, false),
    });
  };
  return (experiment: Archivable, archived: boolean) => void archive(experiment, archived);
}
