"use client";
/** A retraining chain to be: on which data, from which network, and how often. */
import { retrainingLimits } from "@pareidolia/core/runKinds/retraining";
import { useState } from "react";
import { useMutation } from "urql";
import { type NewRunMethodsQuery, StartChainDocument, type StartChainInput } from "../../graphql/generated/graphql.ts";
import { askedChain } from "./askedChain.ts";
import { ChoiceList } from "./ChoiceList.tsx";
import type { MethodFormInput } from "./formProps.ts";
import { MethodForm } from "./MethodForm.tsx";
import { NumberField } from "./NumberField.tsx";
import { PresetSource } from "./PresetSource.tsx";
import styles from "./RetrainForm.module.css";
import { RunEstimate } from "./RunEstimate.tsx";
import { SeedField } from "./SeedField.tsx";
import { notStarted, useExperimentStart } from "./useExperimentStart.ts";
import { useAddressValues, useFormAddress } from "./useFormAddress.ts";
import { useMethodForm } from "./useMethodForm.ts";
import { readWholeNumber, wholeNumberWords } from "./wholeNumbers.ts";

type Wanted = Omit<StartChainInput, "experimentId" | "idempotencyKey">;
const methodField = "recipe";

export function RetrainForm({ datasets, ...input }: MethodFormInput & { readonly datasets: NewRunMethodsQuery["chainDatasets"] }) {
  const address = useFormAddress();
  const [asked] = useState(() => askedChain(address.read(), { models: input.models, datasets }));
  const [datasetId, setDatasetId] = useState(asked.datasetId);
  const dataset = datasets.find(({ id }) => id === datasetId);
  const models = input.models.filter(({ labels }) => labels.length === dataset?.classes);
  const form = useMethodForm({ ...input, models, methodField, firstPreset: "quick", besides: asked.problems });
  const [, startChain] = useMutation(StartChainDocument);
  const { busy, start } = useExperimentStart<Wanted>(async (wanted) => {
    const { data, error } = await startChain({ input: wanted });
    const made = data?.startChain;
    if (made?.__typename === "StartChainSuccess") return { address: `/chains/${encodeURIComponent(made.chain.id)}` };
    return notStarted(made, error);
  });
  const [name, setName] = useState(asked.name);
  const [iterations, setIterations] = useState(asked.iterations);
  const read = readWholeNumber(iterations, retrainingLimits.iterations);
  const { offspring, generations, runs } = form.values;
  const evaluations = read === null ? Number.NaN : Number(offspring) * (Number(generations) + 1) * Number(runs) * (read + 1);
  const nameProblem = name.trim() === "" ? "Give the chain a name." : (form.problems["name"] ?? null);
  useAddressValues({ ...form.addressValues, dataset: datasetId, name, iterations });
  const onSubmit = () =>
    void form.submit({
      fits: read !== null && nameProblem === null,
      fields: ["name", "iterations"],
      start: (shared, wanted) => start(wanted, { ...shared, name, dataset: datasetId, iterations: read ?? 1 }),
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
          missing="Fill in the iterations."
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
            problem={read === null ? wholeNumberWords(retrainingLimits.iterations) : (form.problems["iterations"] ?? null)}
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
        The estimate counts the evolutions; training comes on top and is not measured before.
      </p>
    </MethodForm>
  );
}
