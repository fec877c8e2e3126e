"use client";
/** The form that starts a chain. */
import { type FormEvent, useState } from "react";
import { useMutation } from "urql";
import {
  type ChainKindsQuery,
  type ChainModelsQuery,
  type ExperimentChoicesQuery,
  StartChainFromPageDocument,
} from "../../graphql/generated/graphql.ts";
import { useRouter } from "../addresses/navigation.ts";
import { RestoredNote } from "../drafts/RestoredNote.tsx";
import { useUnsent } from "../drafts/useUnsent.ts";
import { ExperimentOption } from "../locks/ExperimentOption.tsx";
import { Button, ButtonLink } from "../marks/Button.tsx";
import { noAnswerMessage } from "../marks/noAnswer.ts";
import { useAttemptKey } from "../marks/useAttemptKey.ts";
import styles from "./Chains.module.css";

interface StartChainFormProps {
  readonly kinds: ChainKindsQuery;
  readonly experiments: readonly ExperimentChoicesQuery["experiments"]["nodes"][number][];
  readonly models: readonly ChainModelsQuery["models"]["nodes"][number][];
}

const usualTexts = { name: "Retraining", iterations: "3", seed: "1" };

export function StartChainForm({ kinds: { chainDatasets, chainRecipes }, experiments, models }: StartChainFormProps) {
  const router = useRouter();
  const [, startChain] = useMutation(StartChainFromPageDocument);
  const presets = chainRecipes.flatMap((recipe) => recipe.presets);
  const [experimentId, setExperiment] = useState(experiments.find(({ lock }) => lock == null)?.id ?? "");
  const [dataset, setDataset] = useState(chainDatasets[0]?.id ?? "");
  const [preset, setPreset] = useState(presets[0]?.id ?? "");
  const [modelId, setModel] = useState("");
  const unsent = useUnsent("chain", usualTexts);
  const { name, iterations, seed } = unsent.values;
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const key = useAttemptKey();
  const classes = chainDatasets.find(({ id }) => id === dataset)?.classes;
  const usableModels = models.filter(({ labels }) => labels.length === classes);
  const model = usableModels.find(({ id }) => id === modelId) ?? usableModels[0];

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (model === undefined) return setProblem("No model for this data set is available. Download one on the models page.");
    const input = { experimentId, modelId: model.id, name, dataset, preset, iterations: Number(iterations), seed: Number(seed) };
    setBusy(true);
    const { data, error } = await startChain({ input: { ...input, idempotencyKey: key.of(input) } });
    const answer = data?.startChain;
    if (answer?.__typename === "StartChainSuccess") unsent.sent();
    if (answer?.__typename === "StartChainSuccess") return router.push(`/chains/${encodeURIComponent(answer.chain.id)}`);
    if (answer !== undefined) key.forget();
    setBusy(false);
    setProblem(answer?.message ?? error?.graphQLErrors[0]?.message ?? `${noAnswerMessage()} Try again: nothing is started twice.`);
  }

  if (experiments.length === 0)
    return (
      <p className={styles.section}>
        A chain belongs to an experiment. <ButtonLink href="/experiments">Create an experiment first</ButtonLink>
      </p>
    );
  const selectField = (
    label: string,
    value: string,
    set: (id: string) => void,
    options: readonly { readonly id: string; readonly name: string }[],
  ) => (
    <label>
      <span className="fieldLabel">{label}</span>
      <select className="input" value={value} onChange={(event) => set(event.target.value)}>
        {options.map((option) => (
          <option key={option.id} value={option.id}>
            {option.name}
          </option>
        ))}
      </select>
    </label>
  );
  const textField = (label: string, value: string, set: (text: string) => void, numeric = true) => (
    <label>
      <span className="fieldLabel">{label}</span>
      <input
        className={numeric ? "input number" : "input"}
        inputMode={numeric ? "numeric" : "text"}
        value={value}
        onChange={(event) => set(event.target.value)}
      />
    </label>
  );
  const optionOf = (each: { readonly id: string; readonly label: string }) => ({ id: each.id, name: each.label });
  return (
    <form className={styles.section} onSubmit={(event) => void submit(event)} noValidate>
      <h2>Start a chain</h2>
      <div className={styles.form}>
        {textField("Name", name, (text) => unsent.change({ name: text }), false)}
        <label>
          <span className="fieldLabel">Experiment</span>
          <select className="input" value={experimentId} onChange={(event) => setExperiment(event.target.value)}>
            {experiments.map((each) => (
              <ExperimentOption key={each.id} experiment={each} />
            ))}
          </select>
        </label>
        {selectField("Data set", dataset, setDataset, chainDatasets.map(optionOf))}
        {selectField("DNN 1", model?.id ?? "", setModel, usableModels)}
        {selectField("Preset", preset, setPreset, presets.map(optionOf))}
        {textField("Retrainings, 1 to 15", iterations, (text) => unsent.change({ iterations: text }))}
        {textField("Seed", seed, (text) => unsent.change({ seed: text }))}
      </div>
      <RestoredNote {...unsent} />
      <Button look="primary" type="submit" disabled={busy}>
        Start chain
      </Button>
      {problem ? (
        <p className="fieldError" role="alert">
          {problem}
        </p>
      ) : null}
    </form>
  );
}
