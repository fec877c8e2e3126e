"use client";
/** The button that deletes an uploaded or retrained model. Its dialog lists what will be lost, or the runs that use the model. */
import { toast } from "sonner";
import { useMutation } from "urql";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { DeleteModelDocument, ModelUsageDocument } from "../../graphql/generated/graphql.ts";
import { counted } from "../deletion/counted.ts";
import { DeleteDialog } from "../deletion/DeleteDialog.tsx";
import { useDeletion } from "../deletion/useDeletion.ts";
import { Button } from "../marks/Button.tsx";
import dialogStyles from "../marks/Dialog.module.css";
import { Dialog } from "../marks/Dialog.tsx";
import { plainMessage } from "../marks/ErrorState.tsx";
import { Link } from "../marks/Link.tsx";
import { formatCount } from "../marks/numbers.ts";
import { formatBytes } from "./bytes.ts";

interface DeleteModelProps {
  readonly model: { readonly id: string; readonly name: string; readonly byteLength?: number | null };
  onDeleted?(): void;
}

const maxListed = 10;

export function DeleteModel({ model, onDeleted }: DeleteModelProps) {
  const { id, name, byteLength } = model;
  const [, deleteModel] = useMutation(DeleteModelDocument);
  const deletion = useDeletion({
    remove: async () => {
      const { data, error } = await deleteModel({ modelId: id });
      return { answer: data?.deleteModel, error };
    },
    onDeleted: () => {
      toast.success(`${name} is deleted.`);
      onDeleted?.();
    },
  });
  const { data, error } = useLiveQuery({
    query: ModelUsageDocument,
    variables: { id },
    pause: !deletion.open,
    requestPolicy: "network-only",
  });
  const usage = data?.node?.__typename === "Model" ? data.node.usage : null;
  const isUsed = usage !== null && usage.runKeys.length > 0;
  return (
    <>
      <Button look="quiet" needs="deleteModel" onClick={deletion.openDialog}>
        Delete
        <span className="visuallyHidden"> {name}</span>
      </Button>
      {isUsed ? (
        <ModelInUseDialog name={name} runKeys={usage.runKeys} open={deletion.open} onClose={deletion.close} />
      ) : (
        <DeleteDialog
          name={name}
          open={deletion.open}
          losses={
            usage === null
              ? null
              : [
                  `the model and its file${typeof byteLength === "number" ? ` (${formatBytes(byteLength)})` : ""}`,
                  ...(usage.scoresAreCapped
                    ? [`more than ${formatCount(usage.scores)} scores of stored images`]
                    : counted(usage.scores, "score of a stored image", "scores of stored images")),
                  ...counted(usage.analyses, "analysis", "analyses"),
                ]
          }
          busy={deletion.busy}
          problem={deletion.problem ?? (error ? plainMessage(error.message) : null)}
          onDelete={() => void deletion.confirm()}
          onClose={deletion.close}
        />
      )}
    </>
  );
}

interface ModelInUseDialogProps {
  readonly name: string;
  readonly runKeys: readonly string[];
  readonly open: boolean;
  onClose(): void;
}

function ModelInUseDialog({ name, runKeys, open, onClose }: ModelInUseDialogProps) {
  const more = runKeys.length - maxListed;
  return (
    <Dialog title={`${name} is in use`} open={open} onClose={onClose}>
      <p className="second">
        {runKeys.length === 1 ? "One run uses" : `${formatCount(runKeys.length)} runs use`} this model:{" "}
        {runKeys.slice(0, maxListed).map((key, index) => (
          <span key={key}>
            {index === 0 ? "" : ", "}
            <Link className="link n12" href={`/runs/${key}`}>
              {key}
            </Link>
          </span>
        ))}
        {more > 0 ? ` and ${formatCount(more)} more` : ""}. Delete the failed runs first. A finished run keeps its model, because its
        confidences refer to it.
      </p>
      <div className={dialogStyles.dialogActions}>
        <Button look="primary" onClick={onClose}>
          Close
        </Button>
      </div>
    </Dialog>
  );
}
