"use client";
/** An attack to be: which picture, towards which class, within which bounds. */
import { useState } from "react";
import { useMutation } from "urql";
import { StartPerturbationDocument, type StartPerturbationInput } from "../../graphql/generated/graphql.ts";
import { BoundsField } from "./BoundsField.tsx";
import { ClassPicker } from "./ClassPicker.tsx";
import type { MethodFormInput } from "./formProps.ts";
import { MethodForm } from "./MethodForm.tsx";
import { SourcePicker } from "./SourcePicker.tsx";
import { useBounds } from "./useBounds.ts";
import { useChosenSource } from "./useChosenSource.ts";
import { fieldOf, networkWords, useExperimentStart } from "./useExperimentStart.ts";
import { useMethodForm } from "./useMethodForm.ts";

type Wanted = Omit<StartPerturbationInput, "experimentId" | "idempotencyKey">;

export function PerturbForm(input: MethodFormInput) {
  const form = useMethodForm(input);
  const [, startPerturbation] = useMutation(StartPerturbationDocument);
  const { busy, start } = useExperimentStart<Wanted>(async (wanted) => {
    const { data, error } = await startPerturbation({ input: wanted });
    const made = data?.startPerturbation;
    if (!made) return { problem: error?.graphQLErrors[0]?.message ?? networkWords, field: null };
    if (made.__typename === "StartPerturbationSuccess") return { address: `/runs/${made.run.key}` };
    return { problem: made.message, field: made.__typename === "InvalidInputError" ? fieldOf(made.field) : null };
  });
  const picture = useChosenSource();
  const source = picture.chosen;
  const [tried, setTried] = useState(false);
  const [target, setTarget] = useState<number | null>(null);
  const asked = useBounds(form);
  const { bounds } = asked;
  const noSource = tried && source === null ? "Choose a picture to begin from." : null;
  const sourceProblem = picture.problem ?? noSource ?? form.problems["sourceId"] ?? null;
  const onSubmit = () => {
    setTried(true);
    picture.noteStart();
    void form.submit({
      fits: source !== null && !picture.isOnWay && bounds !== null,
      fields: ["sourceId", "target", "bounds"],
      start: (shared, wanted) =>
        start(wanted, {
          ...shared,
          attack: form.method?.id ?? "",
          sourceId: source?.id ?? "",
          target,
          ...(bounds !== null && bounds.length > 0 ? { bounds: [...bounds] } : {}),
        }),
    });
  };
  return (
    <MethodForm
      {...input}
      form={form}
      methodLegend="Attack"
      busy={busy}
      action="Start attack"
      onSubmit={onSubmit}
      estimate={
        <section className="estimate" aria-live="polite">
          <h2>What will be tried</h2>
          <p>
            <span className="n36">{bounds === null ? "–" : Math.max(1, bounds.length)}</span>{" "}
            <span className="second">{bounds?.length === 1 || bounds?.length === 0 ? "attack" : "attacks"}</span>
          </p>
          <p className="t12 muted">
            {source ? source.name : "No picture yet"}, {target === null ? "until any other label" : `towards ${form.model?.labels[target]}`}
            . An attack ends when it succeeds, so its time is not known before.
          </p>
        </section>
      }
      fields={
        <BoundsField
          asked={asked}
          refused={form.problems["bounds"] ?? null}
          own={String(form.values["epsilon"])}
          method={form.method?.label ?? ""}
        />
      }
    >
      <SourcePicker legend="Source" value={source} upload={picture.upload} problem={sourceProblem} onChange={picture.choose} />
      <fieldset className="classPicker">
        <legend>Target</legend>
        <label className="targetChoice">
          <input type="radio" name="targeted" checked={target === null} onChange={() => setTarget(null)} /> Any other class
        </label>
        <label className="targetChoice">
          <input type="radio" name="targeted" checked={target !== null} onChange={() => setTarget(0)} /> One class
        </label>
      </fieldset>
      {target !== null ? (
        <ClassPicker
          labels={form.model?.labels ?? []}
          chosen={[target]}
          most={2}
          problem={form.problems["target"] ?? null}
          onChange={(chosen) => setTarget(chosen.find((index) => index !== target) ?? target)}
        />
      ) : null}
    </MethodForm>
  );
}
