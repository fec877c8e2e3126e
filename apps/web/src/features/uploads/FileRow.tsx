"use client";
/** An upload that no model or photograph uses. Its file may not have arrived. */
import { toast } from "sonner";
import { useMutation } from "urql";
import { DeleteUploadDocument, type UploadedFileFragment } from "../../graphql/generated/graphql.ts";
import { DeleteDialog } from "../deletion/DeleteDialog.tsx";
import { useDeletion } from "../deletion/useDeletion.ts";
import { Button } from "../marks/Button.tsx";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import { formatBytes } from "../models/bytes.ts";
import styles from "./Uploads.module.css";

interface FileRowProps {
  readonly file: UploadedFileFragment;
  onDeleted(): void;
}

export function FileRow({ file, onDeleted }: FileRowProps) {
  const { id, fileName, sha256, byteLength, createdAt } = file;
  const name = fileName === "" ? `file ${(sha256 ?? id).slice(0, 8)}` : fileName;
  const [, deleteUpload] = useMutation(DeleteUploadDocument);
  const deletion = useDeletion({
    remove: async () => {
      const { data, error } = await deleteUpload({ uploadId: id });
      return { answer: data?.deleteUpload, error };
    },
    onDeleted: () => {
      toast.success(`${name} is deleted.`);
      onDeleted();
    },
  });
  return (
    <li className={styles.row}>
      <span className={styles.thumb} aria-hidden="true" />
      <div>
        <b className={styles.fileName} title={sha256 ?? undefined}>
          {name}
        </b>
        <p className="t12 muted">
          <span className="n12">{formatBytes(byteLength)}</span>, {sha256 === null ? "unfinished, requested" : "uploaded"}{" "}
          <RelativeTime time={createdAt} />
        </p>
      </div>
      <Button needs="deleteUpload" onClick={deletion.openDialog}>
        Delete
        <span className="visuallyHidden"> {name}</span>
      </Button>
      <DeleteDialog
        name={name}
        open={deletion.open}
        losses={[sha256 === null ? "the unfinished upload" : `the uploaded file (${formatBytes(byteLength)})`]}
        busy={deletion.busy}
        problem={deletion.problem}
        onDelete={() => void deletion.confirm()}
        onClose={deletion.close}
      />
    </li>
  );
}
