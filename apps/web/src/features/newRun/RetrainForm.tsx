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
import { startFailure, useExperimentStart } from "./useExperimentStart.ts";
import { useAddressValues, useFormAddress } from "./useFormAddress.ts";
import { useMethodForm } from "./useMethodForm.ts";
import { readWholeNumber, wholeNumberError } from "./wholeNumbers.ts";

type ChainInput = Omit<StartChainInput, "experimentId" | "idempotencyKey">;
const methodField = "recipe";

export function RetrainForm({ datasets, ...input }: MethodFormInput & { readonly datasets: NewRunMethodsQuery["chainDatasets"] }) {
  const address = useFormAddress();
  const [requested] = useState(() => chainFromAddress(address.read(), { models: input.models, datasets }));
  const [datasetId, setDatasetId] = useState(requested.datasetId);
  const dataset = datasets.find(({ id }) => id === datasetId);
  const models = input.models.filter(({ labels }) => labels.length === dataset?.classes);
  const form = useMethodForm({ ...input, models, methodField, initialPreset: "quick", otherProblems: requested.problems });
  const [, startChain] = useMutation(StartChainDocument);
  const { busy, start } = useExperimentStart<ChainInput>(async (chain) => {
    const { data, error } = await startChain({ input: chain });
    const result = data?.startChain;
    if (result?.__typename === "StartChainSuccess") return { address: `/chains/${encodeURIComponent(result.chain.id)}` };
    return startFailure(result, error);
  });
  const [name, setName] = useState(requested.name);
  const [iterations, setIterations] = useState(requested.iterations);
  const iterationCount = readWholeNumber(iterations, retrainingLimits.iterations);
  const { offspring, generations, runs } = form.values;
  const evaluations =
    iterationCount === null ? Number.NaN : Number(offspring) * (Number(generations) + 1) * Number(runs) * (iterationCount + 1);
  const nameProblem = name.trim() === "" ? "Give the chain a name." : (form.problems["name"] ?? null);
  useAddressValues({ ...form.addressValues, dataset: datasetId, name, iterations });
  const onSubmit = () =>
    void form.submit({
      isValid: iterationCount !== null && nameProblem === null,
      fields: ["name", "iterations"],
      start: (shared, experiment) => start(experiment, { ...shared, name, dataset: datasetId, iterations: iterationCount ?? 1 }),
    });
  return (
    <MethodForm
      {...input}
      models={models}
      form={form}
      methodLegend="Retraining"
      methodField={methodField}
      busy={busy}
      action="Start chain"
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
          <label>
            <span className="fieldLabel">Name</span>
            <input
              className="input"
              value={name}
              maxLength={retrainingLimits.name.maximum}
              aria-invalid={nameProblem ? true : undefined}
              onChange={(event) => setName(event.target.value)}
            />
            {nameProblem ? (
              <span className="fieldError" role="alert">
                {nameProblem}
              </span>
            ) : null}
          </label>
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
