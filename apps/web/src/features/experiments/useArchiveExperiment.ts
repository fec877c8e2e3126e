"use client";
/** Archives or unarchives an experiment. The change shows at once, is taken back if it fails, and can be undone. Active runs continue. */
import { startTransition, useOptimistic } from "react";
import { toast } from "sonner";
import { useMutation } from "urql";
import { ArchiveExperimentDocument } from "../../graphql/generated/graphql.ts";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { useUndo } from "../marks/useUndo.tsx";

interface Archivable {
  readonly id: string;
  readonly key: string;
  readonly archivedAt?: string | null;
}

/** @param experiment Undefined until it is loaded. */
export function useArchiveExperiment(experiment: Archivable | undefined) {
  const [archived, show] = useOptimistic(typeof experiment?.archivedAt === "string");
  const [, send] = useMutation(ArchiveExperimentDocument);
  const showUndo = useUndo();
  const setArchived = (wanted: boolean, undoable: boolean) =>
    startTransition(async () => {
      if (experiment === undefined) return;
      show(wanted);
      const { data, error } = await send({ input: { experimentId: experiment.id, archived: wanted } });
      const problem = mutationProblem(data?.archiveExperiment, error);
      if (problem !== null) toast.error(`${experiment.key} was not ${wanted ? "archived" : "unarchived"}. ${problem}`);
      else if (undoable)
        showUndo({
          title: wanted ? `${experiment.key} is archived.` : `${experiment.key} is no longer archived.`,
          undo: () => setArchived(!wanted, false),
        });
    });
  return { archived, toggle: () => setArchived(!archived, true) };
}
