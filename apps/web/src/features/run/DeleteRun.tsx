"use client";
/** The button that deletes a failed or cancelled run, with a dialog that lists what is deleted with it. */
import { useRouter } from "next/navigation";
import { toast } from "sonner";
import { useMutation } from "urql";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { DeleteRunDocument, RunContentsDocument, type RunContentsQuery } from "../../graphql/generated/graphql.ts";
import { isRun, type RunType } from "../../graphql/runTypes.ts";
import { counted } from "../deletion/counted.ts";
import { DeleteDialog } from "../deletion/DeleteDialog.tsx";
import { useDeletion } from "../deletion/useDeletion.ts";
import { Button } from "../marks/Button.tsx";
import { plainMessage } from "../marks/ErrorState.tsx";
import type { RunOnPage } from "./runOnPage.ts";

type Contents = Extract<NonNullable<RunContentsQuery["node"]>, { __typename: RunType }>["contents"];

function lossesOf({ elites, trajectories, perturbations, links, analyses }: Contents): readonly string[] {
  return [
    "its settings, event log and statistics",
    ...counted(elites, "elite with its image, genome and page", "elites with their images, genomes and pages"),
    ...counted(trajectories, "trajectory with its images and page", "trajectories with their images and pages"),
    ...counted(perturbations, "result with its image and page", "results with their images and pages"),
    ...counted(links, "link of its chain", "links of its chain"),
    ...counted(analyses, "analysis", "analyses"),
  ];
}

export function DeleteRun({ run }: { readonly run: RunOnPage }) {
  const router = useRouter();
  const [, deleteRun] = useMutation(DeleteRunDocument);
  const deletion = useDeletion({
    remove: async () => {
      const { data, error } = await deleteRun({ runId: run.id });
      return { answer: data?.deleteRun, error };
    },
    onDeleted: () => {
      toast.success(`${run.key} was deleted.`);
      router.push(`/experiments/${run.experiment.key}`);
    },
  });
  const { data, error } = useLiveQuery({
    query: RunContentsDocument,
    variables: { id: run.id },
    pause: !deletion.open,
    requestPolicy: "network-only",
  });
  const contents = isRun(data?.node) ? data.node.contents : null;
  return (
    <>
      <Button onClick={deletion.openDialog}>Delete</Button>
      <DeleteDialog
        name={run.key}
        open={deletion.open}
        losses={contents === null ? null : lossesOf(contents)}
        busy={deletion.busy}
        problem={deletion.problem ?? (error ? plainMessage(error.message) : null)}
        onDelete={() => void deletion.confirm()}
        onClose={deletion.close}
      >
        {contents !== null && contents.links > 0 ? (
          <p className="t12 muted">The networks that the chain trained are kept as models.</p>
        ) : null}
      </DeleteDialog>
    </>
  );
}
