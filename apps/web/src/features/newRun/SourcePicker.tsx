"use client";
/** Selects the source image: a sample photograph, an upload with its preview, or a stored image. */
import { useEffect, useState } from "react";
import { useLiveQuery } from "../../graphql/client/useLiveQuery.ts";
import { NewRunSourcesDocument } from "../../graphql/generated/graphql.ts";
import buttonStyles from "../marks/Button.module.css";
import { PixelImage } from "../marks/PixelImage.tsx";
import { ProgressTrack } from "../marks/ProgressTrack.tsx";
import toolButtonStyles from "../marks/ToolButton.module.css";
import { useFileDrop } from "../uploads/useFileDrop.ts";
import classPickerStyles from "./ClassPicker.module.css";
import styles from "./SourcePicker.module.css";
import type { SourceChoice } from "./sourceChoice.ts";
import type { PhotoUpload } from "./usePhotoUpload.ts";

interface SourcePickerProps {
  readonly legend: string;
  readonly value: SourceChoice | null;
  /** The source named in the page's address, listed first. */
  readonly requested?: SourceChoice | null;
  readonly upload: PhotoUpload;
  readonly problem: string | null;
  /** Loads the requested source again; null if a retry cannot help. */
  readonly onRetry?: (() => void) | null;
  onChange(source: SourceChoice): void;
}

export function SourcePicker({ legend, value, requested = null, upload, problem, onRetry = null, onChange }: SourcePickerProps) {
  const { data, error } = useLiveQuery({ query: NewRunSourcesDocument });
  const photos = data?.photos.nodes.map(({ id, name, label, image }) => ({ id, name: label ?? name, image })) ?? [];
  const images = data?.images.nodes.map((image) => ({ id: image.id, name: `stored, ${image.width} × ${image.height}`, image })) ?? [];
  // Photos are compared by ID, as two may have the same bytes. A stored image may be a photo as well, so these are compared by URL.
  const isPhoto = photos.some(({ id }) => id === value?.id);
  const isChosen = ({ id, image }: SourceChoice) => (isPhoto ? id === value?.id : image.url === value?.image.url);
  const extraSource = requested === null || photos.some(({ image }) => image.url === requested.image.url) ? null : requested;
  const storedImages = images.filter(({ image }) => ![...photos, requested].some((shown) => shown?.image.url === image.url));
  const option = (source: SourceChoice) => (
    <label key={source.id} className={isChosen(source) ? `${styles.sourceChoice} ${styles.chosen}` : styles.sourceChoice}>
      {/* A click on the selected source also cancels an upload, although it causes no change event. */}
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
        {extraSource === null ? null : option(extraSource)}
        {photos.map(option)}
      </div>
      {storedImages.length > 0 ? (
        <details className={styles.storedSources}>
          <summary className={toolButtonStyles.toolButton}>Stored images, newest first</summary>
          <div className={styles.sourceChoices}>{storedImages.map(option)}</div>
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

function UploadPhoto({ upload: { file, progress, problem, send } }: { readonly upload: PhotoUpload }) {
  const [preview, setPreview] = useState<{ readonly file: File; readonly url: string } | null>(null);
  useEffect(() => {
    if (!file) return;
    const url = URL.createObjectURL(file);
    setPreview({ file, url });
    return () => URL.revokeObjectURL(url);
  }, [file]);
  const drop = useFileDrop(([dropped]) => {
    if (dropped !== undefined) send(dropped);
  });
  return (
    <div className={styles.uploadPhoto} {...drop}>
      <label className={buttonStyles.button}>
        Upload an image
        <input
          type="file"
          className="visuallyHidden"
          accept="image/png,image/jpeg,image/bmp"
          onChange={({ target }) => {
            const chosen = target.files?.[0];
            // Allows choosing the same file again.
            target.value = "";
            if (chosen) send(chosen);
          }}
        />
      </label>
      <span className="t12 muted">PNG, JPEG or BMP, at most 20 MB; or drop it here</span>
      {preview && preview.file === file ? (
        <img src={preview.url} alt={`Preview of ${file.name}`} height={64} onError={() => setPreview(null)} />
      ) : null}
      {progress !== null ? (
        <span className={styles.uploadProgress}>
          <span className="n12" role="status">
            {Math.floor(progress * 100)}%
          </span>
          <ProgressTrack share={progress} label="Upload" />
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
