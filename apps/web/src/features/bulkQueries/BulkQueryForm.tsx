"use client";
/** The form of a bulk query. A problem of the query is shown with its line, and selected in the text. */
import { type FormEvent, useId, useRef, useState } from "react";
import { useMutation } from "urql";
import { type BulkFormat, StartBulkQueryDocument } from "../../graphql/generated/graphql.ts";
import { RestoredNote } from "../drafts/RestoredNote.tsx";
import { useUnsent } from "../drafts/useUnsent.ts";
import { Button } from "../marks/Button.tsx";
import dialogStyles from "../marks/Dialog.module.css";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { useAttemptKey } from "../marks/useAttemptKey.ts";
import styles from "./BulkQueries.module.css";
import { exampleQuery, formatLabels, markLine, parseVariables } from "./bulkTexts.ts";

interface Problem {
  readonly message: string;
  readonly field: string | null;
  readonly position: { readonly from: number; readonly to: number } | null;
}

const emptyForm: { readonly query: string; readonly variables: string; readonly format: BulkFormat; readonly name: string } = {
  query: "",
  variables: "",
  format: "JSONL",
  name: "",
};

export function BulkQueryForm({ onStarted, onClose }: { onStarted(): void; onClose(): void }) {
  const unsent = useUnsent("bulk query", emptyForm);
  const { query, variables, format, name } = unsent.values;
  const [problem, setProblem] = useState<Problem | null>(null);
  const key = useAttemptKey();
  const [{ fetching }, start] = useMutation(StartBulkQueryDocument);
  const text = useRef<HTMLTextAreaElement>(null);
  const problemId = useId();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const parsed = parseVariables(variables);
    if (parsed === null) {
      setProblem({
        message: 'Write the variables as a JSON object, such as { "experiment": "EXP-1" }.',
        field: "input.variables",
        position: null,
      });
      return;
    }
    const input = { query, variables: parsed, format, name: name.trim() || null };
    const { data, error } = await start({ input: { ...input, idempotencyKey: key.of(input) } });
    const answer = data?.startBulkQuery;
    const message = mutationProblem(answer, error);
    if (answer !== undefined) key.forget();
    if (message === null) {
      unsent.sent();
      onStarted();
      return;
    }
    const isInvalid = answer?.__typename === "InvalidInputError";
    const position = isInvalid ? (answer.position ?? null) : null;
    setProblem({ message, field: isInvalid ? (answer.field ?? null) : null, position });
    if (position === null) return;
    text.current?.focus();
    text.current?.setSelectionRange(position.from, Math.max(position.to, position.from));
  };
  const isAt = (field: string): boolean => problem?.field === field;
  return (
    <form className={styles.form} noValidate onSubmit={(event) => void submit(event)}>
      <label>
        <span className="fieldLabel">Query</span>
        <textarea
          ref={text}
          className={`input ${styles.code}`}
          value={query}
          rows={9}
          spellCheck={false}
          placeholder={exampleQuery}
          aria-invalid={isAt("input.query")}
          aria-describedby={problem === null ? undefined : problemId}
          onChange={(event) => unsent.change({ query: event.target.value })}
        />
        <span className="t12 muted">Query one list. All of its pages are read, with your rights; omit first and after.</span>
      </label>
      <label>
        <span className="fieldLabel">Variables, optional</span>
        <textarea
          className={`input ${styles.code}`}
          value={variables}
          rows={2}
          spellCheck={false}
          placeholder='{ "experiment": "EXP-1" }'
          aria-invalid={isAt("input.variables")}
          onChange={(event) => unsent.change({ variables: event.target.value })}
        />
      </label>
      <fieldset className={styles.formats}>
        <legend className="fieldLabel">Format</legend>
        {Object.entries(formatLabels).map(([value, { label, note }]) => (
          <label key={value}>
            <input type="radio" name="format" checked={format === value} onChange={() => unsent.change({ format: value as BulkFormat })} />
            <span>
              {label} <span className="t12 muted">{note}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <label>
        <span className="fieldLabel">Name, optional</span>
        <input className="input" value={name} maxLength={100} onChange={(event) => unsent.change({ name: event.target.value })} />
      </label>
      {problem === null ? null : (
        <div id={problemId} role="alert" className={styles.problem}>
          <span className="fieldError">{problem.message}</span>
          {problem.position === null || !isAt("input.query") ? null : <ProblemLine text={query} position={problem.position} />}
        </div>
      )}
      <RestoredNote {...unsent} />
      <div className={dialogStyles.dialogActions}>
        <Button onClick={onClose}>Cancel</Button>
        <Button look="primary" type="submit" disabled={fetching}>
          Start
        </Button>
      </div>
    </form>
  );
}

function ProblemLine({ text, position }: { readonly text: string; readonly position: { readonly from: number; readonly to: number } }) {
  const { line, before, marked, after } = markLine(text, position);
  return (
    <pre className={styles.line}>
      <span className="muted">{line} </span>
      {before}
      <mark>{marked}</mark>
      {after}
    </pre>
  );
}
