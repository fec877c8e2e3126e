"use client";
/** The form for an attack: source image, target class and bounds. */
import { useMemo, useState } from "react";
import { useMutation } from "urql";
import { StartPerturbationDocument, type StartPerturbationInput } from "../../graphql/generated/graphql.ts";
import { BoundsField } from "./BoundsField.tsx";
import classPickerStyles from "./ClassPicker.module.css";
import { ClassPicker } from "./ClassPicker.tsx";
import { CropPicker, canCrop } from "./CropPicker.tsx";
import { FramingFields } from "./FramingFields.tsx";
import type { MethodFormInput } from "./formProps.ts";
import { MethodForm } from "./MethodForm.tsx";
import styles from "./PerturbForm.module.css";
import { PresetSource } from "./PresetSource.tsx";
import { perturbationFromAddress, perturbationValues } from "./perturbationAddress.ts";
import runEstimateStyles from "./RunEstimate.module.css";
import { SeedField } from "./SeedField.tsx";
import { SourcePicker } from "./SourcePicker.tsx";
import { choiceField, modelField, parameterFields } from "./sweepFields.ts";
import { useBounds } from "./useBounds.ts";
import { startFailure, useExperimentStart } from "./useExperimentStart.ts";
import { useAddressValues, useFormAddress } from "./useFormAddress.ts";
import { useFraming } from "./useFraming.ts";
import { useMethodForm } from "./useMethodForm.ts";
import { usePlanRun } from "./usePlan.ts";
import { cropFromAddress, cropValues, useSourceCrop } from "./useSourceCrop.ts";
import { useSourceFromAddress } from "./useSourceFromAddress.ts";
import { useSourceSelection } from "./useSourceSelection.ts";
import { useSweepForm } from "./useSweepForm.ts";

const methodField = "attack";

type PerturbationInput = Omit<StartPerturbationInput, "experimentId" | "idempotencyKey">;

export function PerturbForm(input: MethodFormInput) {
  const address = useFormAddress();
  const [requested] = useState(() => ({ ...perturbationFromAddress(address.read(), input.models), crop: cropFromAddress(address.read()) }));
  const requestedSource = useSourceFromAddress(requested.source);
  const [requestedModel] = useState(() => input.models.find(({ slug }) => slug === address.read().get("model")) ?? input.models[0]);
  const framing = useFraming(address, requestedModel);
  const otherProblems = useMemo(
    () => ({ ...requested.problems, ...framing.problems, ...requestedSource.problems }),
    [requested, framing.problems, requestedSource.problems],
  );
  const form = useMethodForm({ ...input, methodField, otherProblems });
  const [, startPerturbation] = useMutation(StartPerturbationDocument);
  const { busy, start } = useExperimentStart<PerturbationInput>(usePlanRun("perturbation"), async (perturbation) => {
    const { data, error } = await startPerturbation({ input: perturbation });
    const result = data?.startPerturbation;
    if (result?.__typename === "StartPerturbationSuccess") return { address: `/runs/${result.run.key}` };
    return startFailure(result, error);
  });
  const selection = useSourceSelection();
  const source = selection.selected ?? requestedSource.source;
  const [isSubmitted, setIsSubmitted] = useState(false);
  const [target, setTarget] = useState(requested.target);
  const { crop, setCrop } = useSourceCrop(source, requested);
  const boundsState = useBounds(form, requested.bounds);
  const { bounds } = boundsState;
  const modelFraming = framing.forModel(form.model);
  const missingSource = isSubmitted && source === null ? "Choose a source image." : null;
  const requestProblem = selection.selected === null ? requestedSource.problem : null;
  const sourceProblem = selection.problem ?? missingSource ?? form.problems["sourceId"] ?? requestProblem;
  const sweep = useSweepForm("perturbation", [
    ...parameterFields(form.method?.parameters ?? []),
    choiceField(
      "attack",
      "Attack",
      input.methods.map(({ id }) => id),
    ),
    choiceField("preset", "Preset", form.method?.presets.map(({ id }) => id) ?? []),
    { path: "bounds", label: "Bounds", kind: "list" },
    { path: "target", label: "Target", kind: "integer", minimum: 0, maximum: (form.model?.labels.length ?? 1) - 1 },
    { path: "sourceId", label: "Image", kind: "image" },
    modelField(input.models),
  ]);
  const runOf = (shared: NonNullable<typeof form.shared>) => ({
    ...shared,
    attack: form.method?.id ?? "",
    ...modelFraming.input,
    sourceId: source?.id ?? "",
    ...(crop === null ? {} : { sourceCrop: crop }),
    target,
    ...(bounds !== null && bounds.length > 0 ? { bounds: [...bounds] } : {}),
  });
  useAddressValues({
    ...sweep.addressValues,
    ...form.addressValues,
    ...perturbationValues({ source: selection.selected?.id ?? requested.source, target, bounds: boundsState.textByNorm }),
    ...cropValues(crop),
    ...modelFraming.addressValues,
  });
  const onSubmit = () => {
    setIsSubmitted(true);
    selection.markSubmitted();
    void form.submit({
      isValid:
        source !== null &&
        !selection.isUploading &&
        bounds !== null &&
        modelFraming.isValid &&
        (!sweep.isOn || sweep.settingsWith(0) !== null),
      fields: ["sourceId", "target", "bounds"],
      start: (shared, experiment) => {
        const settings = sweep.isOn ? sweep.settingsWith(shared.seed) : null;
        return settings === null ? start(experiment, runOf(shared)) : sweep.start(experiment, { sweep: settings, run: runOf(shared) });
      },
    });
  };
  return (
    <MethodForm
      {...input}
      form={form}
      methodLegend="Attack"
      methodField={methodField}
      sweep={{ form: sweep, run: form.shared && source !== null && bounds !== null ? runOf(form.shared) : null }}
      busy={busy}
      action="Start attack"
      onSubmit={onSubmit}
      estimate={
        <section className={runEstimateStyles.estimate} aria-live="polite">
          <h2>Attacks</h2>
          <p>
            <span className="n36">{bounds === null ? "–" : Math.max(1, bounds.length)}</span>{" "}
            <span className="second">{bounds?.length === 1 || bounds?.length === 0 ? "attack" : "attacks"}</span>
          </p>
          <p className="t12 muted">
            {source ? source.name : "No image yet"}, {target === null ? "to any other label" : `to ${form.model?.labels[target]}`}. An
            attack ends when it succeeds, so its duration is not known in advance.
          </p>
        </section>
      }
      fields={
        <>
          <BoundsField
            bounds={boundsState}
            apiProblem={form.problems["bounds"] ?? null}
            ownBound={String(form.values["epsilon"])}
            attackLabel={form.method?.label ?? ""}
          />
          <SeedField form={form} />
        </>
      }
    >
      <PresetSource form={form} />
      {modelFraming.isSupported && form.model ? (
        <FramingFields model={form.model} value={framing.value} onChange={framing.setValue} />
      ) : null}
      <SourcePicker
        legend="Source"
        value={source}
        requested={requestedSource.source}
        upload={selection.upload}
        problem={sourceProblem}
        onRetry={selection.selected === null ? requestedSource.retry : null}
        onChange={selection.select}
      />
      {source && form.model && canCrop(source.image, form.model) ? (
        <CropPicker image={source.image} input={form.model} value={crop} onChange={setCrop} />
      ) : null}
      <fieldset className={classPickerStyles.classPicker}>
        <legend>Target</legend>
        <label className={styles.targetChoice}>
          <input type="radio" name="targeted" checked={target === null} onChange={() => setTarget(null)} /> Any other class
        </label>
        <label className={styles.targetChoice}>
          <input type="radio" name="targeted" checked={target !== null} onChange={() => setTarget(0)} /> One class
        </label>
      </fieldset>
      {target !== null ? (
        <ClassPicker
          labels={form.model?.labels ?? []}
          chosen={[target]}
          max={2}
          problem={form.problems["target"] ?? null}
          onChange={(chosen) => setTarget(chosen.find((index) => index !== target) ?? target)}
        />
      ) : null}
    </MethodForm>
  );
}
