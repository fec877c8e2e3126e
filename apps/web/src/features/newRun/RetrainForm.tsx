"use client";
/** The form for a retraining chain: data set, first network and number of retrainings. */
import { retrainingLimits } from "@pareidolia/core/runKinds/retraining";
import { useState } from "react";
import { useMutation } from "urql";
import { type NewRunMethodsQuery, StartChainDocument, type StartChainInput } from "../../graphql/generated/graphql.ts";
import { ChoiceList } from "./ChoiceList.tsx";
import { chainFromAddress } from "./chainAddress.ts";
import type { MethodFormInput } from "./formProps.ts";
import { MethodForm } from "./MethodForm.tsx";
import { NumberField } from "./NumberField.tsx";
import { PresetSource } from "./PresetSource.tsx";
import styles from "./RetrainForm.module.css";
import { RunEstimate } from "./RunEstimate.tsx";
import { SeedField } from "./SeedField.tsx";
import { choiceField, modelField, parameterFields } from "./sweepFields.ts";
import { startFailure, useExperimentStart } from "./useExperimentStart.ts";
import { useAddressValues, useFormAddress } from "./useFormAddress.ts";
import { useMethodForm } from "./useMethodForm.ts";
import { usePlanRun } from "./usePlan.ts";
import { useSweepForm } from "./useSweepForm.ts";
import { readWholeNumber, wholeNumberError } from "./wholeNumbers.ts";

type ChainInput = Omit<StartChainInput, "experimentId" | "idempotencyKey">;
const methodField = "recipe";
const initialName = "Fooling class";

export function RetrainForm({ datasets, ...input }: MethodFormInput & { readonly datasets: NewRunMethodsQuery["chainDatasets"] }) {
  const address = useFormAddress();
  const [requested] = useState(() => chainFromAddress(address.read(), { models: input.models, datasets }));
  const [datasetId, setDatasetId] = useState(requested.datasetId);
  const dataset = datasets.find(({ id }) => id === datasetId);
  const models = input.models.filter(({ labels }) => labels.length === dataset?.classes);
  const form = useMethodForm({ ...input, models, methodField, initialPreset: "quick", initialName, otherProblems: requested.problems });
  const [, startChain] = useMutation(StartChainDocument);
  const { busy, start } = useExperimentStart<ChainInput>(usePlanRun("retraining"), async (chain) => {
    const { data, error } = await startChain({ input: chain });
    const result = data?.startChain;
    if (result?.__typename === "StartChainSuccess") return { address: `/chains/${encodeURIComponent(result.chain.id)}` };
    return startFailure(result, error);
  });
  const [iterations, setIterations] = useState(requested.iterations);
  const iterationCount = readWholeNumber(iterations, retrainingLimits.iterations);
  const { offspring, generations, runs } = form.values;
  const evaluations =
    iterationCount === null ? Number.NaN : Number(offspring) * (Number(generations) + 1) * Number(runs) * (iterationCount + 1);
  const sweep = useSweepForm("retraining", [
    ...parameterFields(form.method?.parameters ?? []),
    { path: "iterations", label: "Retrainings", kind: "integer", ...retrainingLimits.iterations },
    choiceField(
      "dataset",
      "Data set",
      datasets.map(({ id }) => id),
    ),
    modelField(models),
    choiceField("preset", "Preset", form.method?.presets.map(({ id }) => id) ?? []),
  ]);
  const runOf = (shared: NonNullable<typeof form.shared>) => ({
    name: initialName,
    ...shared,
    dataset: datasetId,
    iterations: iterationCount ?? 1,
  });
  useAddressValues({ ...sweep.addressValues, ...form.addressValues, dataset: datasetId, iterations });
  const onSubmit = () =>
    void form.submit({
      isValid: iterationCount !== null && (!sweep.isOn || sweep.settingsWith(0) !== null),
      fields: ["iterations"],
      start: (shared, experiment) => {
        const settings = sweep.isOn ? sweep.settingsWith(shared.seed) : null;
        return settings === null ? start(experiment, runOf(shared)) : sweep.start(experiment, { sweep: settings, run: runOf(shared) });
      },
    });
  return (
    <MethodForm
      {...input}
      models={models}
      form={form}
      methodLegend="Retraining"
      methodField={methodField}
      sweep={{ form: sweep, run: form.shared && iterationCount !== null ? runOf(form.shared) : null }}
      busy={busy}
      action="Start chain"
      settings={{ iterations: iterationCount }}
      onSubmit={onSubmit}
      estimate={
        <RunEstimate
          evaluations={Number.isFinite(evaluations) ? evaluations : null}
          speed={form.model?.measuredSpeed ?? null}
          missing="Fill in the number of retrainings."
        />
      }
      fields={
        <>
          <NumberField
            label="Retrainings"
            value={iterations}
            problem={iterationCount === null ? wholeNumberError(retrainingLimits.iterations) : (form.problems["iterations"] ?? null)}
            onChange={setIterations}
          />
          <SeedField form={form} />
        </>
      }
    >
      <PresetSource form={form} />
      <ChoiceList
        legend="Data set"
        name="dataset"
        value={datasetId}
        onChange={setDatasetId}
        choices={datasets.map(({ id, label, description }) => ({ id, label, detail: description }))}
      />
      <p className={`t12 muted ${styles.retrainNote}`}>
        The estimate covers the evolutions. Training takes additional time, which is not estimated.
      </p>
    </MethodForm>
  );
}
