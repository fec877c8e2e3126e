/** The origin of the model: a file to upload with its weight files, or an address from which a worker downloads it. */
import buttonStyles from "../marks/Button.module.css";
import { useFileDrop } from "../uploads/useFileDrop.ts";
import { formatBytes } from "./bytes.ts";
import styles from "./Models.module.css";
import { FieldProblem, RegistrationField } from "./RegistrationField.tsx";
import type { ModelOrigin, Problems, Registration } from "./registration.ts";

const origins = [
  { id: "file", label: "A file", detail: "uploaded from this computer, at most 256 MB" },
  { id: "address", label: "An address", detail: "downloaded once by a worker" },
] as const satisfies readonly { readonly id: ModelOrigin; readonly label: string; readonly detail: string }[];

interface OriginFieldsProps {
  readonly registration: Registration;
  readonly problems: Problems;
  /** Upload progress, 0 to 1; null when nothing is uploading. */
  readonly progress: number | null;
  readonly onOriginChange: (origin: ModelOrigin) => void;
  readonly onFilesChange: (files: readonly File[]) => void;
  readonly onAddressChange: (address: string) => void;
  readonly onAddressBlur: () => void;
}

export function OriginFields(props: OriginFieldsProps) {
  const { registration, problems, progress } = props;
  const { origin, file, dataFiles, address } = registration;
  const drop = useFileDrop(props.onFilesChange);
  const chosenFiles = [...(file ? [file] : []), ...dataFiles];
  return (
    <fieldset className={styles.fields}>
      <legend>Origin</legend>
      <div className={`${styles.wide} ${styles.origins}`} role="radiogroup" aria-label="Origin of the model">
        {origins.map(({ id, label, detail }) => (
          <label key={id} className={styles.origin} data-chosen={origin === id || undefined}>
            <input type="radio" name="origin" checked={origin === id} onChange={() => props.onOriginChange(id)} />
            <span>
              <b>{label}</b>
              <span className="t12 muted">{detail}</span>
            </span>
          </label>
        ))}
      </div>
      <div className={styles.wide}>
        {origin === "file" ? (
          <label>
            <span className="fieldLabel">Model file</span>
            <span className={styles.filePicker} {...drop} data-invalid={problems.file ? true : undefined}>
              <span className={buttonStyles.button} aria-hidden="true">
                Choose files
              </span>
              {chosenFiles.length === 0 ? (
                <span className="t12 muted">ONNX, TFLite or a tfjs model; or drop it here</span>
              ) : (
                <span className={styles.chosenFiles}>
                  {chosenFiles.map(({ name, size }) => (
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
                  // Allows choosing the same file again after a change.
                  target.value = "";
                  if (files.length > 0) props.onFilesChange(files);
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
            value={address}
            problem={problems.address}
            placeholder="https://host/model.onnx"
            onChange={props.onAddressChange}
            onBlur={props.onAddressBlur}
            note="A public https address of an ONNX, TFLite or tfjs model of at most 256 MB"
          />
        )}
        {progress === null || origin === "address" ? null : (
          <span
            className={styles.progress}
            role="progressbar"
            aria-label="Upload"
            aria-valuenow={Math.round(progress * 100)}
            style={{ display: "block" }}
          >
            <i style={{ width: `${progress * 100}%` }} />
          </span>
        )}
      </div>
    </fieldset>
  );
}
