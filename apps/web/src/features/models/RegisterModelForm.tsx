"use client";
/** The form that registers a model. It keeps its input after an error, and shows each error at its field. */
import { type FormEvent, useEffect, useRef, useState } from "react";
import type { ModelCardFragment } from "../../graphql/generated/graphql.ts";
import { RestoredNote } from "../drafts/RestoredNote.tsx";
import { useUnsent } from "../drafts/useUnsent.ts";
import buttonStyles from "../marks/Button.module.css";
import { Button } from "../marks/Button.tsx";
import { formatCount } from "../marks/numbers.ts";
import styles from "./Models.module.css";
import { readModelLabels } from "./modelLabels.ts";
import { OriginFields } from "./OriginFields.tsx";
import { preprocessingPresets } from "./preprocessing.ts";
import { FieldProblem, RegistrationChoice, RegistrationField } from "./RegistrationField.tsx";
import {
  type ChosenFiles,
  emptyRegistration,
  nameFromPath,
  type Problems,
  problemsWith,
  type Registration,
  type RegistrationField as RegistrationFieldName,
  type Shape,
  sortFiles,
} from "./registration.ts";
import { useRegistration } from "./useRegistration.ts";

const actions = { file: "Upload and check", address: "Download and check" } as const;

const { file: noFile, dataFiles: noDataFiles, ...emptyTexts } = emptyRegistration;
type NamedFiles = Pick<Registration, "file" | "dataFiles">;
const noFiles: NamedFiles = { file: noFile, dataFiles: noDataFiles };

interface RegisterModelFormProps {
  /** A hidden form keeps its input while the model is checked. */
  readonly hidden: boolean;
  readonly onRegistered: (model: ModelCardFragment) => void;
}

export function RegisterModelForm({ hidden, onRegistered }: RegisterModelFormProps) {
  const unsent = useUnsent("model", emptyTexts);
  // Files must be chosen again: the browser gives them to one page only.
  const [named, setNamed] = useState<NamedFiles>(noFiles);
  const registration: Registration = { ...unsent.values, ...named };
  const [files, setFiles] = useState<ChosenFiles<File>>({ file: null, dataFiles: [] });
  const [touched, setTouched] = useState<ReadonlySet<RegistrationFieldName>>(new Set());
  const [apiProblems, setApiProblems] = useState<Problems>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [attempts, setAttempts] = useState(0);
  const form = useRef<HTMLFormElement>(null);
  const latestList = useRef<File | null>(null);
  const { progress, send, cancelUpload } = useRegistration();

  const formProblems = problemsWith(registration);
  const labels = readModelLabels(registration.labelText);
  // Before the first submission, only errors of touched fields are shown.
  const shownProblems =
    attempts > 0
      ? formProblems
      : Object.fromEntries(Object.entries(formProblems).filter(([name]) => touched.has(name as RegistrationFieldName)));
  const problems: Problems = { ...shownProblems, ...apiProblems };
  const change = (changes: Partial<Registration>) => {
    const { file = named.file, dataFiles = named.dataFiles, ...texts } = changes;
    setNamed({ file, dataFiles });
    unsent.change(texts);
    setApiProblems({});
    setProblem(null);
  };
  const changeShape = (changes: Partial<Shape>) => change({ shape: { ...registration.shape, ...changes } });
  async function readLabels(list: File): Promise<void> {
    latestList.current = list;
    const labelText = await list.text();
    if (latestList.current === list) change({ labelText });
  }
  const touch = (field: RegistrationFieldName) => () => setTouched(new Set([...touched, field]));
  const field = (name: "name" | "description" | "licence" | "expected") => ({
    value: registration[name],
    problem: problems[name],
    onChange: (value: string) => change({ [name]: value }),
    onBlur: touch(name),
  });
  const shapeField = (name: "width" | "height" | "mean" | "deviation") => ({
    value: registration.shape[name],
    problem: problems[name],
    onChange: (value: string) => changeShape({ [name]: value }),
    onBlur: touch(name),
    number: true,
  });

  useEffect(() => {
    if (attempts > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [attempts]);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setProblem(null);
    setApiProblems({});
    if (Object.keys(formProblems).length > 0) {
      setAttempts(attempts + 1);
      return;
    }
    const outcome = await send(registration, files);
    if ("model" in outcome) {
      unsent.sent();
      setAttempts(0);
      onRegistered(outcome.model);
      return;
    }
    if (outcome.field === null) setProblem(outcome.problem);
    else setApiProblems({ [outcome.field]: outcome.problem });
    setAttempts(attempts + 1);
  }

  const problemCount = Object.keys(problems).length;
  return (
    <form ref={form} className={styles.form} hidden={hidden} onSubmit={(event) => void submit(event)} noValidate>
      <OriginFields
        registration={registration}
        problems={problems}
        progress={progress}
        onOriginChange={(origin) => change({ origin })}
        onFilesChange={(chosen) => {
          cancelUpload();
          const sorted = sortFiles(chosen, files);
          setFiles(sorted);
          setTouched(new Set([...touched, "file"]));
          change({ ...sorted, ...(registration.name === "" && sorted.file !== null ? { name: nameFromPath(sorted.file.name) } : {}) });
        }}
        onAddressChange={(address) => change({ address })}
        onAddressBlur={() => {
          touch("address")();
          if (registration.name === "" && URL.canParse(registration.address)) change({ name: nameFromPath(registration.address) });
        }}
      />
      <fieldset className={styles.fields}>
        <legend>About the model</legend>
        <RegistrationField label="Name" {...field("name")} />
        <RegistrationField label="Licence" {...field("licence")} placeholder="MIT, CC BY 4.0, own work" />
        <div className={styles.wide}>
          <RegistrationField label="Description" {...field("description")} placeholder="The network and its training data" />
        </div>
      </fieldset>
      <fieldset className={styles.fields}>
        <legend>Classes</legend>
        <label>
          <span className="fieldLabel">Labels from a file</span>
          <span className={styles.filePicker}>
            <span className={buttonStyles.button} aria-hidden="true">
              Choose a file
            </span>
            <span className="t12 muted">lines, JSON or CSV</span>
            <input
              className="visuallyHidden"
              type="file"
              accept=".txt,.json,.csv,text/plain"
              onChange={({ target }) => {
                const list = target.files?.[0];
                target.value = "";
                if (list) void readLabels(list);
              }}
            />
          </span>
        </label>
        <RegistrationField label="Number of outputs (optional, to check the labels)" {...field("expected")} number />
        <label className={styles.wide}>
          <span className="fieldLabel">Labels, one per line, in the order of the outputs</span>
          <textarea
            className="input"
            rows={6}
            value={registration.labelText}
            aria-invalid={problems.labels ? true : undefined}
            onBlur={touch("labels")}
            onChange={(event) => change({ labelText: event.target.value })}
          />
          {problems.labels ? (
            <FieldProblem>{problems.labels}</FieldProblem>
          ) : (
            <span className="t12 muted">
              <span className="n12">{formatCount(labels.length)}</span> {labels.length === 1 ? "label" : "labels"}
            </span>
          )}
        </label>
      </fieldset>
      <fieldset className={styles.fields}>
        <legend>Pre-processing</legend>
        <label className={styles.wide}>
          <span className="fieldLabel">Convention</span>
          <select
            className="input"
            value={registration.shape.id}
            onChange={(event) => changeShape(preprocessingPresets.find(({ id }) => id === event.target.value) ?? {})}
          >
            {preprocessingPresets.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <RegistrationField label="Width" {...shapeField("width")} />
        <RegistrationField label="Height" {...shapeField("height")} />
        <RegistrationChoice
          label="Channels"
          value={String(registration.shape.channels)}
          choices={["1", "3"]}
          onChange={(value) => changeShape({ channels: value === "3" ? 3 : 1 })}
        />
        <RegistrationChoice
          label="Channel order"
          value={registration.shape.channelOrder}
          choices={["RGB", "BGR"]}
          onChange={(value) => changeShape({ channelOrder: value === "BGR" ? "BGR" : "RGB" })}
        />
        <RegistrationChoice
          label="Layout"
          note="Used only if an ONNX file has dynamic sizes"
          value={registration.shape.layout}
          choices={["NCHW", "NHWC"]}
          onChange={(value) => changeShape({ layout: value === "NHWC" ? "NHWC" : "NCHW" })}
        />
        <span className={styles.spacer} />
        <RegistrationField label="Mean (0 to 255)" {...shapeField("mean")} />
        <RegistrationField label="Deviation" {...shapeField("deviation")} />
      </fieldset>
      <RestoredNote {...unsent} />
      <div>
        <Button look="primary" type="submit" disabled={progress !== null}>
          {progress === null ? actions[registration.origin] : progress < 1 ? `Uploading, ${Math.round(progress * 100)}%` : "Registering"}
        </Button>
        {problem ? (
          <p className="fieldError" role="alert">
            {problem}
          </p>
        ) : attempts > 0 && problemCount > 0 ? (
          <p className="fieldError">
            {problemCount === 1 ? "One field is" : `${problemCount} fields are`} missing or invalid. Nothing was registered.
          </p>
        ) : null}
      </div>
    </form>
  );
}
