/** The model's origin: a file to upload, with its weight files, or a URL from which a worker fetches it. */
import buttonStyles from "../marks/Button.module.css";
import { formatBytes } from "./bytes.ts";
import styles from "./Models.module.css";
import { FieldProblem, RegistrationField } from "./RegistrationField.tsx";
import type { ModelOrigin, Problems, Registration } from "./registration.ts";

const origins = [
  { id: "file", label: "A file", detail: "sent from here, at most 256 MB" },
  { id: "address", label: "An address", detail: "a worker fetches it, once" },
] as const satisfies readonly { readonly id: ModelOrigin; readonly label: string; readonly detail: string }[];

interface OriginFieldsProps {
  readonly given: Registration;
  readonly problems: Problems;
  /** Upload progress, 0 to 1; null when nothing is uploading. */
  readonly sent: number | null;
  readonly onOrigin: (origin: ModelOrigin) => void;
  readonly onFiles: (files: readonly File[]) => void;
  readonly onAddress: (address: string) => void;
  readonly onLeave: () => void;
}

export function OriginFields({ given, problems, sent, onOrigin, onFiles, onAddress, onLeave }: OriginFieldsProps) {
  const chosen = [...(given.file ? [given.file] : []), ...given.dataFiles];
  return (
    <fieldset className={styles.fields}>
      <legend>Where the model is</legend>
      <div className={`${styles.wide} ${styles.origins}`} role="radiogroup" aria-label="Where the model is">
        {origins.map(({ id, label, detail }) => (
          <label key={id} className={styles.origin} data-chosen={given.origin === id || undefined}>
            <input type="radio" name="origin" checked={given.origin === id} onChange={() => onOrigin(id)} />
            <span>
              <b>{label}</b>
              <span className="t12 muted">{detail}</span>
            </span>
          </label>
        ))}
      </div>
      <div className={styles.wide}>
        {given.origin === "file" ? (
          <label>
            <span className="fieldLabel">Model file</span>
            <span className={styles.filePicker} data-invalid={problems.file ? true : undefined}>
              <span className={buttonStyles.button} aria-hidden="true">
                Choose files
              </span>
              {chosen.length === 0 ? (
                <span className="t12 muted">ONNX, TFLite or a tfjs model</span>
              ) : (
                <span className={styles.chosenFiles}>
                  {chosen.map(({ name, size }) => (
                    <span key={name} className="n12">
                      {name}, {formatBytes(size)}
                    </span>
                  ))}
                </span>
              )}
              <input
                className="visuallyHidden"
                type="file"
                aria-invalid={problems.file ? true : undefined}
                multiple
                accept=".onnx,.data,.tflite,.json,.bin,.zip,application/octet-stream"
                onChange={({ target }) => {
                  const files = [...(target.files ?? [])];
                  // So that the same file, when it was changed, can be chosen once more.
                  target.value = "";
                  if (files.length > 0) onFiles(files);
                }}
              />
            </span>
            {problems.file ? (
              <FieldProblem>{problems.file}</FieldProblem>
            ) : (
              <span className="t12 muted">If the weights are in a separate file, such as net.onnx.data, choose both files.</span>
            )}
          </label>
        ) : (
          <RegistrationField
            label="Address of the file"
            type="url"
            value={given.address}
            problem={problems.address}
            hint="https://host/model.onnx"
            onChange={onAddress}
            onLeave={onLeave}
            note="https, on the public internet; ONNX, TFLite or a tfjs model of at most 256 MB"
          />
        )}
        {sent === null || given.origin === "address" ? null : (
          <span
            className={styles.progress}
            role="progressbar"
            aria-label="Upload"
            aria-valuenow={Math.round(sent * 100)}
            style={{ display: "block" }}
          >
            <i style={{ width: `${sent * 100}%` }} />
          </span>
        )}
      </div>
    </fieldset>
  );
}
