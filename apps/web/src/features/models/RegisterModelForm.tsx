"use client";
/** The form of a model's registration. What was typed stays when something is refused, and the upload is not sent twice. */
import { type FormEvent, useRef, useState } from "react";
import { useMutation } from "urql";
import { type ModelCardFragment, RegisterModelDocument } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import { formatCount } from "../marks/numbers.ts";
import { formatBytes } from "./bytes.ts";
import styles from "./Models.module.css";
import { problemWithLabels, readModelLabels } from "./modelLabels.ts";
import { type PreprocessingPreset, preprocessingPresets, readNumbers } from "./preprocessing.ts";
import { uploadFile } from "./uploadFile.ts";

type Shape = Omit<PreprocessingPreset, "label"> & { readonly width: string; readonly height: string };

const firstShape: Shape = { ...(preprocessingPresets[0] as PreprocessingPreset), width: "28", height: "28" };

export function RegisterModelForm({ onRegistered }: { readonly onRegistered: (model: ModelCardFragment) => void }) {
  const [, register] = useMutation(RegisterModelDocument);
  const [file, setFile] = useState<File | null>(null);
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const [licence, setLicence] = useState("");
  const [labelText, setLabelText] = useState("");
  const [expected, setExpected] = useState("");
  const [shape, setShape] = useState<Shape>(firstShape);
  const [sent, setSent] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const stored = useRef<{ readonly file: File; readonly id: string } | null>(null);
  const attempt = useRef({ wanted: "", key: "" });

  const labels = readModelLabels(labelText);
  const count = expected.trim() === "" ? null : Number(expected);
  const labelProblem =
    labelText === ""
      ? null
      : (problemWithLabels(labels) ??
        (count !== null && count !== labels.length ? `These are ${labels.length} names, and the network has ${expected} outputs.` : null));
  const change = (changes: Partial<Shape>) => setShape({ ...shape, ...changes });

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const mean = readNumbers(shape.mean);
    const deviation = readNumbers(shape.deviation);
    const complaint =
      file === null
        ? "Choose the model's file."
        : name.trim() === ""
          ? "Give the model a name."
          : (problemWithLabels(labels) ??
            labelProblem ??
            (mean === null || deviation === null ? "Mean and deviation are numbers, one or one for each channel." : null));
    setProblem(complaint);
    if (complaint !== null || file === null || mean === null || deviation === null) return;
    try {
      if (stored.current?.file !== file) {
        setSent(0);
        stored.current = { file, id: (await uploadFile(file, setSent, new AbortController().signal)).id };
      }
      setSent(1);
      const { channels, channelOrder, layout } = shape;
      const input = {
        uploadId: stored.current.id,
        name,
        description,
        licence,
        labels: [...labels],
        preprocessing: { width: Number(shape.width), height: Number(shape.height), channels, channelOrder, layout, mean, deviation },
      };
      const wanted = JSON.stringify(input);
      if (attempt.current.wanted !== wanted) attempt.current = { wanted, key: crypto.randomUUID() };
      const { data, error } = await register({ input: { ...input, idempotencyKey: attempt.current.key } });
      const answer = data?.registerModel;
      if (answer?.__typename === "RegisterModelSuccess") onRegistered(answer.model);
      else setProblem(answer?.message ?? error?.graphQLErrors[0]?.message ?? "The API did not answer. The file was kept; try again.");
    } catch (error) {
      setProblem((error as Error).message);
    } finally {
      setSent(null);
    }
  }

  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
      <fieldset className={styles.fields}>
        <legend>The file</legend>
        <label className={styles.wide}>
          <span className="fieldLabel">Model file</span>
          <input
            className="input"
            type="file"
            accept=".onnx,.tflite,.json,.zip,application/octet-stream"
            onChange={(event) => {
              const chosen = event.target.files?.[0] ?? null;
              setFile(chosen);
              if (chosen && name === "") setName(chosen.name.replace(/\.[^.]+$/, ""));
            }}
          />
          {file ? <span className="t12 muted">{formatBytes(file.size)}</span> : null}
          {sent === null ? null : (
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
        </label>
        <Field label="Name" value={name} onChange={setName} />
        <Field label="Licence" value={licence} onChange={setLicence} hint="MIT, CC BY 4.0, own work" />
        <div className={styles.wide}>
          <Field label="Description" value={description} onChange={setDescription} hint="What it is, and what it was trained on" />
        </div>
      </fieldset>
      <fieldset className={styles.fields}>
        <legend>Classes</legend>
        <label>
          <span className="fieldLabel">Names from a file</span>
          <input
            className="input"
            type="file"
            accept=".txt,.json,.csv,text/plain"
            onChange={(event) => void event.target.files?.[0]?.text().then(setLabelText)}
          />
        </label>
        <Field label="Outputs of the network (optional, to check)" value={expected} onChange={setExpected} number />
        <label className={styles.wide}>
          <span className="fieldLabel">Names, one a line, in the order of the outputs</span>
          <textarea
            className="input"
            rows={6}
            value={labelText}
            aria-invalid={labelProblem ? true : undefined}
            onChange={(event) => setLabelText(event.target.value)}
          />
          <span className="t12 muted">
            <span className="n12">{formatCount(labels.length)}</span> {labels.length === 1 ? "name" : "names"}
          </span>
          {labelProblem ? (
            <span className="fieldError" role="alert">
              {labelProblem}
            </span>
          ) : null}
        </label>
      </fieldset>
      <fieldset className={styles.fields}>
        <legend>Before the first operator</legend>
        <label className={styles.wide}>
          <span className="fieldLabel">Convention</span>
          <select
            className="input"
            value={shape.id}
            onChange={(event) => change(preprocessingPresets.find(({ id }) => id === event.target.value) ?? {})}
          >
            {preprocessingPresets.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <Field label="Width" value={shape.width} onChange={(width) => change({ width })} number />
        <Field label="Height" value={shape.height} onChange={(height) => change({ height })} number />
        <Choice
          label="Channels"
          value={String(shape.channels)}
          choices={["1", "3"]}
          onChange={(value) => change({ channels: value === "3" ? 3 : 1 })}
        />
        <Choice
          label="Channel order"
          value={shape.channelOrder}
          choices={["RGB", "BGR"]}
          onChange={(value) => change({ channelOrder: value === "BGR" ? "BGR" : "RGB" })}
        />
        <Choice
          label="Layout"
          value={shape.layout}
          choices={["NCHW", "NHWC"]}
          onChange={(value) => change({ layout: value === "NHWC" ? "NHWC" : "NCHW" })}
        />
        <span />
        <Field label="Mean (of 0 to 255)" value={shape.mean} onChange={(mean) => change({ mean })} number />
        <Field label="Deviation" value={shape.deviation} onChange={(deviation) => change({ deviation })} number />
      </fieldset>
      <div>
        <Button look="primary" type="submit" disabled={sent !== null}>
          {sent === null ? "Upload and check" : sent < 1 ? `Uploading, ${Math.round(sent * 100)}%` : "Registering"}
        </Button>
        {problem ? (
          <p className="fieldError" role="alert">
            {problem}
          </p>
        ) : null}
      </div>
    </form>
  );
}

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string;
  readonly number?: boolean;
}

function Field({ label, value, onChange, hint, number = false }: FieldProps) {
  return (
    <label>
      <span className="fieldLabel">{label}</span>
      <input
        className={number ? "input number" : "input"}
        value={value}
        placeholder={hint}
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}

function Choice({ label, value, choices, onChange }: Omit<FieldProps, "hint" | "number"> & { readonly choices: readonly string[] }) {
  return (
    <label>
      <span className="fieldLabel">{label}</span>
      <select className="input" value={value} onChange={(event) => onChange(event.target.value)}>
        {choices.map((choice) => (
          <option key={choice}>{choice}</option>
        ))}
      </select>
    </label>
  );
}
