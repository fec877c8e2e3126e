"use client";
/** An uploaded file that no model or photograph uses. */
import { toast } from "sonner";
import { useMutation } from "urql";
import { DeleteUploadDocument, type UploadedFilesQuery } from "../../graphql/generated/graphql.ts";
import { DeleteDialog } from "../deletion/DeleteDialog.tsx";
import { useDeletion } from "../deletion/useDeletion.ts";
import { Button } from "../marks/Button.tsx";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import { formatBytes } from "../models/bytes.ts";
import styles from "./Uploads.module.css";

interface FileRowProps {
  readonly file: UploadedFilesQuery["uploads"]["nodes"][number];
  onDeleted(): void;
}

export function FileRow({ file, onDeleted }: FileRowProps) {
  const { id, sha256, byteLength, createdAt } = file;
  const name = `file ${sha256.slice(0, 8)}`;
  const [, deleteUpload] = useMutation(DeleteUploadDocument);
  const deletion = useDeletion({
    remove: async () => {
      const { data, error } = await deleteUpload({ uploadId: id });
      return { answer: data?.deleteUpload, error };
    },
    onDeleted: () => {
      toast.success(`The ${name} is deleted.`);
      onDeleted();
    },
  });
  return (
    <li className={styles.row}>
      <span className={styles.thumb} aria-hidden="true" />
      <div>
        <b className="n12" title={sha256}>
          {sha256.slice(0, 8)}
        </b>
        <p className="t12 muted">
          <span className="n12">{formatBytes(byteLength)}</span>, uploaded <RelativeTime time={createdAt} />
        </p>
      </div>
      <Button onClick={deletion.openDialog}>
        Delete
        <span className="visuallyHidden"> the {name}</span>
      </Button>
      <DeleteDialog
        name={`the ${name}`}
        open={deletion.open}
        losses={[`the uploaded file (${formatBytes(byteLength)})`]}
        busy={deletion.busy}
        problem={deletion.problem}
        onDelete={() => void deletion.confirm()}
        onClose={deletion.close}
      />
    </li>
  );
}
