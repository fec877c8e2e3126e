"use client";
/** An uploaded photograph. */
import { toast } from "sonner";
import { useMutation } from "urql";
import { DeletePhotoDocument, type UploadedPhotoFragment } from "../../graphql/generated/graphql.ts";
import { DeleteDialog } from "../deletion/DeleteDialog.tsx";
import { useDeletion } from "../deletion/useDeletion.ts";
import { Button } from "../marks/Button.tsx";
import { formatCount } from "../marks/numbers.ts";
import { PixelImage } from "../marks/PixelImage.tsx";
import { RelativeTime } from "../marks/RelativeTime.tsx";
import { formatBytes } from "../models/bytes.ts";
import styles from "./Uploads.module.css";

interface PhotoRowProps {
  readonly photo: UploadedPhotoFragment;
  onDeleted(): void;
}

export function PhotoRow({ photo, onDeleted }: PhotoRowProps) {
  const { id, name, label, image, runCount, createdAt } = photo;
  const [, deletePhoto] = useMutation(DeletePhotoDocument);
  const deletion = useDeletion({
    remove: async () => {
      const { data, error } = await deletePhoto({ photoId: id });
      return { answer: data?.deletePhoto, error };
    },
    onDeleted: () => {
      toast.success(`${name} is deleted.`);
      onDeleted();
    },
  });
  const runs = runCount === 1 ? "one run started from it" : `${formatCount(runCount)} runs started from it`;
  return (
    <li className={styles.row}>
      <span className={styles.thumb}>
        <PixelImage image={image} zoom={1} alt="" fluid />
      </span>
      <div>
        <b>{label ?? name}</b>
        <p className="t12 muted">
          {name},{" "}
          <span className="n12">
            {image.width} × {image.height}
          </span>
          , <span className="n12">{formatBytes(image.byteLength)}</span>, uploaded <RelativeTime time={createdAt} />
          {runCount === 0 ? "" : `, ${runs}`}
        </p>
      </div>
      <Button needs="deletePhoto" onClick={deletion.openDialog}>
        Delete
        <span className="visuallyHidden"> {name}</span>
      </Button>
      <DeleteDialog
        name={name}
        open={deletion.open}
        losses={["the photograph as a source for new runs"]}
        busy={deletion.busy}
        problem={deletion.problem}
        onDelete={() => void deletion.confirm()}
        onClose={deletion.close}
      >
        {runCount === 0 ? null : (
          <p className="t12 muted">
            {runs.charAt(0).toUpperCase() + runs.slice(1)} and {runCount === 1 ? "keeps" : "keep"} the image.
          </p>
        )}
      </DeleteDialog>
    </li>
  );
}
