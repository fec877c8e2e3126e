"use client";
/** The form of an export: its parts and formats. */
import { type FormEvent, useState } from "react";
import { useMutation } from "urql";
import { type ExportFormat, type ExportPart, type ExportSubject, StartExportDocument } from "../../graphql/generated/graphql.ts";
import { Button } from "../marks/Button.tsx";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { useAttemptKey } from "../marks/useAttemptKey.ts";
import styles from "./Exports.module.css";
import { allFormats, allParts, formatLabels, partLabels } from "./exportTexts.ts";

interface ExportFormProps {
  readonly subject: ExportSubject;
  /** Null for the workspace. */
  readonly subjectId: string | null;
  readonly onStarted: () => void;
}

export function ExportForm({ subject, subjectId, onStarted }: ExportFormProps) {
  const [parts, setParts] = useState<readonly ExportPart[]>(allParts);
  const [formats, setFormats] = useState<readonly ExportFormat[]>(allFormats);
  const key = useAttemptKey();
  const [problem, setProblem] = useState<string | null>(null);
  const [{ fetching }, send] = useMutation(StartExportDocument);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (formats.length === 0) {
      setProblem("Choose at least one format.");
      return;
    }
    const input = { subject, subjectId, parts: [...parts], formats: [...formats] };
    const { data, error } = await send({ input: { ...input, idempotencyKey: key.of(input) } });
    const found = mutationProblem(data?.startExport, error);
    setProblem(found);
    if (data?.startExport !== undefined) key.forget();
    if (found === null) onStarted();
  };
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
      <Choices legend="With the tables of runs and results" all={allParts} labels={partLabels} chosen={parts} onChange={setParts} />
      <Choices legend="Tables as" all={allFormats} labels={formatLabels} chosen={formats} onChange={setFormats} />
      {problem === null ? null : (
        <p className="fieldError" role="alert">
          {problem}
        </p>
      )}
      <p>
        <Button look="primary" type="submit" disabled={fetching}>
          {fetching ? "Starting" : "Start the export"}
        </Button>
      </p>
    </form>
  );
}

interface ChoicesProps<Value extends string> {
  readonly legend: string;
  readonly all: readonly Value[];
  readonly labels: Readonly<Record<Value, { readonly label: string; readonly note: string }>>;
  readonly chosen: readonly Value[];
  readonly onChange: (chosen: readonly Value[]) => void;
}

function Choices<Value extends string>({ legend, all, labels, chosen, onChange }: ChoicesProps<Value>) {
  return (
    <fieldset className={styles.choices}>
      <legend className="fieldLabel">{legend}</legend>
      {all.map((value) => (
        <label key={value}>
          <input
            type="checkbox"
            checked={chosen.includes(value)}
            onChange={(event) => onChange(event.target.checked ? [...chosen, value] : chosen.filter((each) => each !== value))}
          />
          <span>
            {labels[value].label} <span className="t12 muted">{labels[value].note}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
