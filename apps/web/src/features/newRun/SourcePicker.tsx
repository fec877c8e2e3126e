"use client";
/** An image to begin from: a sample photograph, an own file shown before it is sent, or any stored image. */
import { useEffect, useState } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { NewRunSourcesDocument } from "../../graphql/generated/graphql.ts";
import buttonStyles from "../marks/Button.module.css";
import { PixelImage } from "../marks/PixelImage.tsx";
import toolButtonStyles from "../marks/ToolButton.module.css";
import classPickerStyles from "./ClassPicker.module.css";
import styles from "./SourcePicker.module.css";
import type { SourceWanted } from "./sourceWanted.ts";
import type { PhotoUpload } from "./usePhotoUpload.ts";

interface SourcePickerProps {
  readonly legend: string;
  readonly value: SourceWanted | null;
  /** One that stands before all others, since the address asks for it. */
  readonly asked?: SourceWanted | null;
  /** Of an own image. */
  readonly upload: PhotoUpload;
  readonly problem: string | null;
  /** Where trying again may help with the problem. */
  readonly onRetry?: (() => void) | null;
  onChange(source: SourceWanted): void;
}

export function SourcePicker({ legend, value, asked = null, upload, problem, onRetry = null, onChange }: SourcePickerProps) {
  const { data, error } = useLiveQuery({ query: NewRunSourcesDocument });
  const photos = data?.photos.nodes.map(({ id, name, label, image }) => ({ id, name: label ?? name, image })) ?? [];
  const images = data?.images.nodes.map((image) => ({ id: image.id, name: `stored, ${image.width} × ${image.height}`, image })) ?? [];
  // Two photos may have the same bytes, so photos are compared by ID. A stored image may be a photo too: those are compared by address.
  const isPhoto = photos.some(({ id }) => id === value?.id);
  const isChosen = ({ id, image }: SourceWanted) => (isPhoto ? id === value?.id : image.url === value?.image.url);
  const askedApart = asked === null || photos.some(({ image }) => image.url === asked.image.url) ? null : asked;
  const others = images.filter(({ image }) => ![...photos, asked].some((shown) => shown?.image.url === image.url));
  const option = (source: SourceWanted) => (
    <label key={source.id} className={isChosen(source) ? `${styles.sourceChoice} ${styles.chosen}` : styles.sourceChoice}>
      {/* A click on what is chosen already also says that it is wanted, and not the file that is being sent. */}
      <input type="radio" name="source" checked={isChosen(source)} onChange={() => onChange(source)} onClick={upload.stop} />
      <span className={styles.sourceImage}>
        <PixelImage image={source.image} zoom={1} alt="" fluid />
      </span>
      <span className="t12">{source.name}</span>
    </label>
  );
  return (
    <fieldset className={classPickerStyles.classPicker} data-problem={problem === null ? undefined : ""}>
      <legend>{legend}</legend>
      <UploadPhoto upload={upload} />
      <div className={styles.sourceChoices}>
        {askedApart === null ? null : option(askedApart)}
        {photos.map(option)}
      </div>
      {others.length > 0 ? (
        <details className={styles.storedSources}>
          <summary className={toolButtonStyles.toolButton}>Stored images, the latest first</summary>
          <div className={styles.sourceChoices}>{others.map(option)}</div>
        </details>
      ) : null}
      {error ? <p className="fieldError">{error.message}</p> : null}
      {problem ? (
        <span className="fieldError" role="alert">
          {problem}{" "}
          {onRetry === null ? null : (
            <button type="button" className="link" onClick={onRetry}>
              Try again
            </button>
          )}
        </span>
      ) : null}
    </fieldset>
  );
}

function UploadPhoto({ upload: { file, share, problem, send } }: { readonly upload: PhotoUpload }) {
  const [preview, setPreview] = useState<{ readonly file: File; readonly url: string } | null>(null);
  useEffect(() => {
    if (!file) return;
    const url = URL.createObjectURL(file);
    setPreview({ file, url });
    return () => URL.revokeObjectURL(url);
  }, [file]);
  return (
    <div className={styles.uploadPhoto}>
      <label className={buttonStyles.button}>
        Upload an image
        <input
          type="file"
          className="visuallyHidden"
          accept="image/png,image/jpeg,image/bmp"
          onChange={({ target }) => {
            const chosen = target.files?.[0];
            // So that the same file can be chosen once more.
            target.value = "";
            if (chosen) send(chosen);
          }}
        />
      </label>
      <span className="t12 muted">PNG, JPEG or BMP, at most 20 MB</span>
      {preview && preview.file === file ? (
        <img src={preview.url} alt={`Preview of ${file.name}`} height={64} onError={() => setPreview(null)} />
      ) : null}
      {share !== null ? (
        <span className="n12" role="status">
          {Math.floor(share * 100)}%
        </span>
      ) : null}
      {problem ? (
        <span className="fieldError" role="alert">
          {problem}
        </span>
      ) : null}
    </div>
  );
}
