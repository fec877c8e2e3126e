"use client";
/** The form of a model's registration. What was typed stays when something is refused, and each complaint stands at its field. */
import { type FormEvent, useEffect, useRef, useState } from "react";
import type { ModelCardFragment } from "../../graphql/generated/graphql.ts";
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
  firstRegistration,
  nameFromPath,
  type Problems,
  problemsWith,
  type Registration,
  type RegistrationField as RegistrationFieldName,
  type Shape,
  sortFiles,
} from "./registration.ts";
import { useRegistration } from "./useRegistration.ts";

const actions = { file: "Upload and check", address: "Fetch and check" } as const;

interface RegisterModelFormProps {
  /** A form that waits behind a model's check keeps what was typed. */
  readonly hidden: boolean;
  readonly onRegistered: (model: ModelCardFragment) => void;
}

export function RegisterModelForm({ hidden, onRegistered }: RegisterModelFormProps) {
  const [given, setGiven] = useState<Registration>(firstRegistration);
  const [files, setFiles] = useState<ChosenFiles<File>>({ file: null, dataFiles: [] });
  const [left, setLeft] = useState<ReadonlySet<RegistrationFieldName>>(new Set());
  const [refused, setRefused] = useState<Problems>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [attempts, setAttempts] = useState(0);
  const form = useRef<HTMLFormElement>(null);
  const newestList = useRef<File | null>(null);
  const { sent, send, stopUpload } = useRegistration();

  const found = problemsWith(given);
  const labels = readModelLabels(given.labelText);
  // Nobody is told of what they have not come to yet; once they ask for the check, all of it is said.
  const shown =
    attempts > 0 ? found : Object.fromEntries(Object.entries(found).filter(([name]) => left.has(name as RegistrationFieldName)));
  const problems: Problems = { ...shown, ...refused };
  const change = (changes: Partial<Registration>) => {
    setGiven((now) => ({ ...now, ...changes }));
    setRefused({});
    setProblem(null);
  };
  const shape = (changes: Partial<Shape>) => change({ shape: { ...given.shape, ...changes } });
  async function readLabels(list: File): Promise<void> {
    newestList.current = list;
    const labelText = await list.text();
    if (newestList.current === list) change({ labelText });
  }
  const leave = (field: RegistrationFieldName) => () => setLeft(new Set([...left, field]));
  const field = (name: "name" | "description" | "licence" | "expected") => ({
    value: given[name],
    problem: problems[name],
    onChange: (value: string) => change({ [name]: value }),
    onLeave: leave(name),
  });
  const shapeField = (name: "width" | "height" | "mean" | "deviation") => ({
    value: given.shape[name],
    problem: problems[name],
    onChange: (value: string) => shape({ [name]: value }),
    onLeave: leave(name),
    number: true,
  });

  useEffect(() => {
    if (attempts > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [attempts]);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setProblem(null);
    setRefused({});
    if (Object.keys(found).length > 0) {
      setAttempts(attempts + 1);
      return;
    }
    const outcome = await send(given, files);
    if ("model" in outcome) {
      setAttempts(0);
      onRegistered(outcome.model);
      return;
    }
    if (outcome.field === null) setProblem(outcome.problem);
    else setRefused({ [outcome.field]: outcome.problem });
    setAttempts(attempts + 1);
  }

  const wrong = Object.keys(problems).length;
  return (
    <form ref={form} className={styles.form} hidden={hidden} onSubmit={(event) => void submit(event)} noValidate>
      <OriginFields
        given={given}
        problems={problems}
        sent={sent}
        onOrigin={(origin) => change({ origin })}
        onFiles={(chosen) => {
          stopUpload();
          const sorted = sortFiles(chosen, files);
          setFiles(sorted);
          setLeft(new Set([...left, "file"]));
          change({ ...sorted, ...(given.name === "" && sorted.file !== null ? { name: nameFromPath(sorted.file.name) } : {}) });
        }}
        onAddress={(address) => change({ address })}
        onLeave={() => {
          leave("address")();
          if (given.name === "" && URL.canParse(given.address)) change({ name: nameFromPath(given.address) });
        }}
      />
      <fieldset className={styles.fields}>
        <legend>What it is</legend>
        <RegistrationField label="Name" {...field("name")} />
        <RegistrationField label="Licence" {...field("licence")} hint="MIT, CC BY 4.0, own work" />
        <div className={styles.wide}>
          <RegistrationField label="Description" {...field("description")} hint="What it is, and what it was trained on" />
        </div>
      </fieldset>
      <fieldset className={styles.fields}>
        <legend>Classes</legend>
        <label>
          <span className="fieldLabel">Names from a file</span>
          <span className={styles.filePicker}>
            <span className={buttonStyles.button} aria-hidden="true">
              Choose a list
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
        <RegistrationField label="Outputs of the network (optional, to check)" {...field("expected")} number />
        <label className={styles.wide}>
          <span className="fieldLabel">Names, one a line, in the order of the outputs</span>
          <textarea
            className="input"
            rows={6}
            value={given.labelText}
            aria-invalid={problems.labels ? true : undefined}
            onBlur={leave("labels")}
            onChange={(event) => change({ labelText: event.target.value })}
          />
          {problems.labels ? (
            <FieldProblem>{problems.labels}</FieldProblem>
          ) : (
            <span className="t12 muted">
              <span className="n12">{formatCount(labels.length)}</span> {labels.length === 1 ? "name" : "names"}
            </span>
          )}
        </label>
      </fieldset>
      <fieldset className={styles.fields}>
        <legend>Before the first operator</legend>
        <label className={styles.wide}>
          <span className="fieldLabel">Convention</span>
          <select
            className="input"
            value={given.shape.id}
            onChange={(event) => shape(preprocessingPresets.find(({ id }) => id === event.target.value) ?? {})}
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
          value={String(given.shape.channels)}
          choices={["1", "3"]}
          onChange={(value) => shape({ channels: value === "3" ? 3 : 1 })}
        />
        <RegistrationChoice
          label="Channel order"
          value={given.shape.channelOrder}
          choices={["RGB", "BGR"]}
          onChange={(value) => shape({ channelOrder: value === "BGR" ? "BGR" : "RGB" })}
        />
        <RegistrationChoice
          label="Layout"
          note="Used only if an ONNX file has dynamic sizes"
          value={given.shape.layout}
          choices={["NCHW", "NHWC"]}
          onChange={(value) => shape({ layout: value === "NHWC" ? "NHWC" : "NCHW" })}
        />
        <span className={styles.rest} />
        <RegistrationField label="Mean (of 0 to 255)" {...shapeField("mean")} />
        <RegistrationField label="Deviation" {...shapeField("deviation")} />
      </fieldset>
      <div>
        <Button look="primary" type="submit" disabled={sent !== null}>
          {sent === null ? actions[given.origin] : sent < 1 ? `Uploading, ${Math.round(sent * 100)}%` : "Registering"}
        </Button>
        {problem ? (
          <p className="fieldError" role="alert">
            {problem}
          </p>
        ) : attempts > 0 && wrong > 0 ? (
          <p className="fieldError">
            {wrong === 1 ? "One thing above is missing or wrong." : `${wrong} things above are missing or wrong.`} Nothing was registered.
          </p>
        ) : null}
      </div>
    </form>
  );
}
