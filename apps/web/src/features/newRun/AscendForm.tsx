"use client";
/** A gradient ascent to be: which classes, from how many starts. A batch of classes ascends together. */
import { useState } from "react";
import { useMutation } from "urql";
import { StartAscentDocument, type StartAscentInput } from "../../graphql/generated/graphql.ts";
import { ClassPicker } from "./ClassPicker.tsx";
import type { MethodFormInput } from "./formProps.ts";
import { MethodForm } from "./MethodForm.tsx";
import { NumberField, readWholeNumber, wholeNumberWords } from "./NumberField.tsx";
import { paperClassesOf } from "./paperClasses.ts";
import { RunEstimate } from "./RunEstimate.tsx";
import { SourcePicker, type SourceWanted } from "./SourcePicker.tsx";
import { fieldOf, networkWords, useExperimentStart } from "./useExperimentStart.ts";
import { useMethodForm } from "./useMethodForm.ts";

type Wanted = Omit<StartAscentInput, "experimentId" | "idempotencyKey">;
const mostClasses = 100;
const mostStarts = 100;

function usualClasses(labels: readonly string[]): readonly number[] {
  return paperClassesOf(labels) ?? labels.slice(0, 10).map((_, index) => index);
}

export function AscendForm(input: MethodFormInput) {
  const form = useMethodForm({ ...input, firstPreset: "adam-log-posterior" });
  const [, startAscent] = useMutation(StartAscentDocument);
  const { busy, start } = useExperimentStart<Wanted>(async (wanted) => {
    const { data, error } = await startAscent({ input: wanted });
    const made = data?.startAscent;
    if (!made) return { problem: error?.graphQLErrors[0]?.message ?? networkWords, field: null };
    if (made.__typename === "StartAscentSuccess") return { address: `/runs/${made.run.key}` };
    return { problem: made.message, field: made.__typename === "InvalidInputError" ? fieldOf(made.field) : null };
  });
  const [picked, setPicked] = useState<Readonly<Record<string, readonly number[]>>>({});
  const [starts, setStarts] = useState("1");
  const [source, setSource] = useState<SourceWanted | null>(null);
  const labels = form.model?.labels ?? [];
  const classes = picked[form.model?.id ?? ""] ?? usualClasses(labels);
  const readStarts = readWholeNumber(starts, 1, mostStarts);
  const fromImage = form.values["start"] === "image";
  const classProblem = classes.length === 0 ? "Choose at least one class." : (form.problems["classes"] ?? null);
  const iterations = Number(form.values["iterations"]);
  const onSubmit = () =>
    void form.submit(
      classes.length > 0 && readStarts !== null && (!fromImage || source !== null),
      ["classes", "starts", "sourceId"],
      (shared, wanted) =>
        start(wanted, {
          ...shared,
          ascent: form.method?.id ?? null,
          classes: [...classes],
          starts: readStarts ?? 1,
          ...(fromImage && source ? { sourceId: source.id } : {}),
        }),
    );
  return (
    <MethodForm
      {...input}
      form={form}
      methodLegend="Ascent"
      busy={busy}
      action="Start ascent"
      onSubmit={onSubmit}
      estimate={
        <RunEstimate
          evaluations={readStarts === null || !(iterations > 0) ? null : classes.length * readStarts * iterations}
          speed={null}
          words="gradients at most; an ascent may end sooner. No speed of gradients was measured yet"
          missing="Fill in starts and iterations."
        />
      }
      fields={
        <NumberField
          label="Starts a class"
          value={starts}
          problem={readStarts === null ? wholeNumberWords(1, mostStarts) : (form.problems["starts"] ?? null)}
          onChange={setStarts}
        />
      }
    >
      <ClassPicker
        labels={labels}
        chosen={classes}
        most={mostClasses}
        problem={classProblem}
        onChange={(chosen) => setPicked({ ...picked, [form.model?.id ?? ""]: chosen })}
      />
      {fromImage ? (
        <SourcePicker legend="Start image" value={source} problem={form.problems["sourceId"] ?? null} onChange={setSource} />
      ) : null}
    </MethodForm>
  );
}
