"use client";
/** Archives or unarchives an experiment. The change shows at once, is taken back if it fails, and can be undone. Active runs continue. */
import { toast } from "sonner";
import { useMutation } from "urql";
import { ArchiveExperimentDocument } from "../../graphql/generated/graphql.ts";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { useUnanswered } from "../marks/useUnanswered.ts";
import { useUndo } from "../marks/useUndo.tsx";

interface Archivable {
  readonly id: string;
  readonly key: string;
  readonly archivedAt?: string | null;
}

/** @param experiment Undefined until it is loaded. */
export function useArchiveExperiment(experiment: Archivable | undefined) {
  const [archived, show] = useUnanswered(typeof experiment?.archivedAt === "string");
  const [, send] = useMutation(ArchiveExperimentDocument);
  const showUndo = useUndo();
  const setArchived = async (wanted: boolean, undoable: boolean): Promise<void> => {
    if (experiment === undefined) return;
    const { data, error } = await show(wanted, send({ input: { experimentId: experiment.id, archived: wanted } }));
    const problem = mutationProblem(data?.archiveExperiment, error);
    if (problem !== null) toast.error(`${experiment.key} was not ${wanted ? "archived" : "unarchived"}. ${problem}`);
    else if (undoable)
      showUndo({
        title: wanted ? `${experiment.key} is archived.` : `${experiment.key} is no longer archived.`,
        undo: () => void setArchived(!wanted, false),
      });
  };
  return { archived, toggle: () => void setArchived(!archived, true) };
}
