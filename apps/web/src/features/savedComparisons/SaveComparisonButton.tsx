"use client";
/** Saves the comparison on the page: a dialog for its title and notes, then the page of the saved one. */
import { useQueryState } from "nuqs";
import { useState } from "react";
import { useMutation } from "urql";
import { SaveComparisonDocument } from "../../graphql/generated/graphql.ts";
import { useRouter } from "../addresses/navigation.ts";
import type { ComparedNumbers } from "../comparison/comparedRuns.ts";
import { classesParser, generationParser, offsetParser } from "../comparison/comparisonState.ts";
import { inputsOf, rowsOfPage } from "../comparison/useComparison.ts";
import { useUnsent } from "../drafts/useUnsent.ts";
import { Button } from "../marks/Button.tsx";
import { Dialog } from "../marks/Dialog.tsx";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { useAttemptKey } from "../marks/useAttemptKey.ts";
import { MarkdownEditor } from "../tracking/MarkdownEditor.tsx";
import styles from "./SavedComparisons.module.css";

interface SaveComparisonButtonProps {
  readonly entries: readonly ComparedNumbers[];
  readonly baseline: number | null;
}

const maxTitleLength = 120;
export const notesPlaceholder = "## Question\n\n## What the comparison shows\n\n## Conclusion";

export function SaveComparisonButton(props: SaveComparisonButtonProps) {
  const [open, setOpen] = useState(false);
  if (props.entries.length === 0) return null;
  return (
    <>
      <Button needs="saveComparison" onClick={() => setOpen(true)}>
        Save comparison
      </Button>
      <Dialog title="Save this comparison" open={open} wide onClose={() => setOpen(false)}>
        <SaveForm {...props} onClose={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

const emptyComparison = { title: "", notes: "" };

function SaveForm({ entries, baseline, onClose }: SaveComparisonButtonProps & { onClose(): void }) {
  const router = useRouter();
  const [generation] = useQueryState("gen", generationParser);
  const [contains] = useQueryState("classes", classesParser);
  const [offset] = useQueryState("from", offsetParser);
  const unsent = useUnsent("saved comparison", emptyComparison);
  const { title, notes } = unsent.values;
  const [titleProblem, setTitleProblem] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const [, save] = useMutation(SaveComparisonDocument);
  const key = useAttemptKey();
  const submit = async () => {
    if (saving) return;
    if (title.trim() === "") return setTitleProblem("Give the comparison a title.");
    setSaving(true);
    setProblem(null);
    const input = {
      title: title.trim(),
      notes,
      entries: inputsOf(entries),
      generation,
      baseline,
      first: rowsOfPage,
      offset,
      contains,
    };
    const { data, error } = await save({ input: { ...input, idempotencyKey: key.of(input) } });
    const answer = data?.saveComparison;
    if (answer?.__typename === "SavedComparisonSuccess") unsent.sent();
    if (answer?.__typename === "SavedComparisonSuccess") return router.push(`/comparisons/${answer.savedComparison.key}`);
    if (answer !== undefined) key.forget();
    setSaving(false);
    setProblem(mutationProblem(answer, error));
  };
  return (
    <div className={styles.form}>
      <p className="second">
        Keeps the settings, curves, figures, tests and images as they are now, whatever happens to the runs. All members of the workspace
        can open it.
      </p>
      <label>
        <span className="fieldLabel">Title</span>
        <input
          className="input"
          // biome-ignore lint/a11y/noAutofocus: opened by the person who wants to type
          autoFocus
          maxLength={maxTitleLength}
          aria-invalid={titleProblem === null ? undefined : true}
          value={title}
          onChange={(event) => {
            unsent.change({ title: event.target.value });
            setTitleProblem(null);
          }}
        />
        {titleProblem === null ? null : (
          <span className="fieldError" role="alert">
            {titleProblem}
          </span>
        )}
      </label>
      <div>
        <span className="fieldLabel">Notes</span>
        <MarkdownEditor
          label="Notes"
          text={notes}
          rows={7}
          placeholder={notesPlaceholder}
          saveLabel="Save comparison"
          saving={saving}
          problem={problem}
          mayBeEmpty
          onDiscardRestored={unsent.isRestored ? unsent.discard : null}
          onChange={(text) => unsent.change({ notes: text })}
          onSave={() => void submit()}
          onLeave={onClose}
        />
      </div>
    </div>
  );
}
