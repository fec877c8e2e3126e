"use client";
/** The dialog that permanently deletes items in the trash. It shows which objects will go and how much storage this frees. */
import { useState } from "react";
import { toast } from "sonner";
import { useMutation } from "urql";
import { DeleteFromTrashDocument, EmptyTrashDocument } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import dialogStyles from "../marks/Dialog.module.css";
import { Dialog } from "../marks/Dialog.tsx";
import { deletionHeading, type WholeTrash } from "./deletionHeading.ts";
import { TrashContents, useTrashPreview } from "./TrashContents.tsx";
import { changeOf, type TrashSubject } from "./useTrash.ts";

/** Items that the API previews in one request. */
const maxPreviewed = 500;

interface DeleteFromTrashProps {
  /** Null while the dialog is closed. */
  readonly items: readonly TrashSubject[] | null;
  /** Deletes everything in the trash, even if not among the items; null deletes only the items. */
  readonly whole: WholeTrash | null;
  onClose(): void;
  onDeleted(): void;
}

export function DeleteFromTrash({ items, whole, onClose, onDeleted }: DeleteFromTrashProps) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [, remove] = useMutation(DeleteFromTrashDocument);
  const [, empty] = useMutation(EmptyTrashDocument);
  const ids = (items ?? []).slice(0, maxPreviewed).map(({ id }) => id);
  const counted = useTrashPreview(ids, items === null);
  const close = () => {
    setProblem(null);
    onClose();
  };
  const confirm = async () => {
    setBusy(true);
    const result = whole
      ? await empty({}).then(({ data, error }) => changeOf(data?.emptyTrash, error))
      : await remove({ ids }).then(({ data, error }) => changeOf(data?.deleteFromTrash, error));
    setBusy(false);
    if (typeof result === "string") {
      setProblem(result);
      return;
    }
    for (const { message } of result.refused) toast.error(message);
    if (result.changedIds.length > 0)
      toast(result.changedIds.length === 1 ? "1 item deleted" : `${result.changedIds.length} items deleted`);
    close();
    onDeleted();
  };
  const title = whole
    ? "Empty the trash"
    : items?.length === 1
      ? `Delete ${items[0]?.key} for good`
      : `Delete ${items?.length ?? 0} items for good`;
  return (
    <Dialog title={title} open={items !== null} onClose={close}>
      <TrashContents {...counted} heading={deletionHeading(ids.length, whole)} />
      {counted.preview !== null && counted.preview.links > 0 ? (
        <p className="t12 muted">Networks trained by chains are kept as models.</p>
      ) : null}
      {problem === null ? null : (
        <p className="fieldError" role="alert">
          {problem}
        </p>
      )}
      <div className={dialogStyles.dialogActions}>
        <Button onClick={close}>Keep them</Button>
        <Button look="primary" disabled={busy || counted.preview === null} onClick={() => void confirm()}>
          {busy ? "Deleting" : "Delete for good"}
        </Button>
      </div>
    </Dialog>
  );
}
