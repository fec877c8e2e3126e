"use client";
/** An attack to be: which image, towards which class, within which bounds. */
import { useMemo, useState } from "react";
import { useMutation } from "urql";
import { StartPerturbationDocument, type StartPerturbationInput } from "../../graphql/generated/graphql.ts";
import { askedPerturbation, perturbationValues } from "./askedPerturbation.ts";
import { BoundsField } from "./BoundsField.tsx";
import classPickerStyles from "./ClassPicker.module.css";
import { ClassPicker } from "./ClassPicker.tsx";
import { CropPicker, canCrop } from "./CropPicker.tsx";
import type { MethodFormInput } from "./formProps.ts";
import { MethodForm } from "./MethodForm.tsx";
import styles from "./PerturbForm.module.css";
import { PresetSource } from "./PresetSource.tsx";
import runEstimateStyles from "./RunEstimate.module.css";
import { SeedField } from "./SeedField.tsx";
import { SourcePicker } from "./SourcePicker.tsx";
import { useAskedSource } from "./useAskedSource.ts";
import { useBounds } from "./useBounds.ts";
import { useChosenSource } from "./useChosenSource.ts";
import { notStarted, useExperimentStart } from "./useExperimentStart.ts";
import { useAddressValues, useFormAddress } from "./useFormAddress.ts";
import { useMethodForm } from "./useMethodForm.ts";
import { askedCrop, cropValues, useSourceCrop } from "./useSourceCrop.ts";

const methodField = "attack";

type Wanted = Omit<StartPerturbationInput, "experimentId" | "idempotencyKey">;

export function PerturbForm(input: MethodFormInput) {
  const address = useFormAddress();
  const [asked] = useState(() => ({ ...askedPerturbation(address.read(), input.models), crop: askedCrop(address.read()) }));
  const fromAddress = useAskedSource(asked.source);
  const besides = useMemo(() => ({ ...asked.problems, ...fromAddress.problems }), [asked, fromAddress.problems]);
  const form = useMethodForm({ ...input, methodField, besides });
  const [, startPerturbation] = useMutation(StartPerturbationDocument);
  const { busy, start } = useExperimentStart<Wanted>(async (wanted) => {
    const { data, error } = await startPerturbation({ input: wanted });
    const made = data?.startPerturbation;
    if (made?.__typename === "StartPerturbationSuccess") return { address: `/runs/${made.run.key}` };
    return notStarted(made, error);
  });
  const image = useChosenSource();
  const source = image.chosen ?? fromAddress.source;
  const [tried, setTried] = useState(false);
  const [target, setTarget] = useState(asked.target);
  const cropped = useSourceCrop(source, asked);
  const askedBounds = useBounds(form, asked.bounds);
  const { bounds } = askedBounds;
  const noSource = tried && source === null ? "Choose an image to begin from." : null;
  const sourceProblem = image.problem ?? noSource ?? form.problems["sourceId"] ?? (image.chosen === null ? fromAddress.problem : null);
  useAddressValues({
    ...form.addressValues,
    ...perturbationValues({ source: image.chosen?.id ?? asked.source, target, bounds: askedBounds.typed }),
    ...cropValues(cropped.crop),
  });
  const onSubmit = () => {
    setTried(true);
    image.noteStart();
    void form.submit({
      fits: source !== null && !image.isOnWay && bounds !== null,
      fields: ["sourceId", "target", "bounds"],
      start: (shared, wanted) =>
        start(wanted, {
          ...shared,
          attack: form.method?.id ?? "",
          sourceId: source?.id ?? "",
          ...(cropped.crop === null ? {} : { sourceCrop: cropped.crop }),
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
      methodField={methodField}
      busy={busy}
      action="Start attack"
      onSubmit={onSubmit}
      estimate={
        <section className={runEstimateStyles.estimate} aria-live="polite">
          <h2>What will be tried</h2>
          <p>
            <span className="n36">{bounds === null ? "–" : Math.max(1, bounds.length)}</span>{" "}
            <span className="second">{bounds?.length === 1 || bounds?.length === 0 ? "attack" : "attacks"}</span>
          </p>
          <p className="t12 muted">
            {source ? source.name : "No image yet"}, {target === null ? "until any other label" : `towards ${form.model?.labels[target]}`}.
            An attack ends when it succeeds, so its time is not known before.
          </p>
        </section>
      }
      fields={
        <>
          <BoundsField
            asked={askedBounds}
            refused={form.problems["bounds"] ?? null}
            own={String(form.values["epsilon"])}
            method={form.method?.label ?? ""}
          />
          <SeedField form={form} />
        </>
      }
    >
      <PresetSource form={form} />
      <SourcePicker
        legend="Source"
        value={source}
        asked={fromAddress.source}
        upload={image.upload}
        problem={sourceProblem}
        onRetry={image.chosen === null ? fromAddress.retry : null}
        onChange={image.choose}
      />
      {source && form.model && canCrop(source.image, form.model) ? (
        <CropPicker image={source.image} input={form.model} value={cropped.crop} onChange={cropped.setCrop} />
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
          most={2}
          problem={form.problems["target"] ?? null}
          onChange={(chosen) => setTarget(chosen.find((index) => index !== target) ?? target)}
        />
      ) : null}
    </MethodForm>
  );
}
