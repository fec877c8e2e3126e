"use client";
/** The form that starts a chain. An idempotency key prevents a second chain if the response is lost and the user submits again. */
import { useRouter } from "next/navigation";
import { type FormEvent, useRef, useState } from "react";
import { useMutation } from "urql";
import {
  type ChainKindsQuery,
  type ChainModelsQuery,
  type ExperimentChoicesQuery,
  StartChainFromPageDocument,
} from "../../graphql/generated/graphql.ts";
import { Button, ButtonLink } from "../marks/Button.tsx";
import { noAnswerMessage } from "../marks/noAnswer.ts";
import styles from "./Chains.module.css";

interface StartChainFormProps {
  readonly kinds: ChainKindsQuery;
  readonly experiments: readonly ExperimentChoicesQuery["experiments"]["nodes"][number][];
  readonly models: readonly ChainModelsQuery["models"]["nodes"][number][];
}

export function StartChainForm({ kinds: { chainDatasets, chainRecipes }, experiments, models }: StartChainFormProps) {
  const router = useRouter();
  const [{ fetching }, startChain] = useMutation(StartChainFromPageDocument);
  const presets = chainRecipes.flatMap((recipe) => recipe.presets);
  const [experimentId, setExperiment] = useState(experiments[0]?.id ?? "");
  const [dataset, setDataset] = useState(chainDatasets[0]?.id ?? "");
  const [preset, setPreset] = useState(presets[0]?.id ?? "");
  const [modelId, setModel] = useState("");
  const [name, setName] = useState("Retraining");
  const [iterations, setIterations] = useState("3");
  const [seed, setSeed] = useState("1");
  const [problem, setProblem] = useState<string | null>(null);
  const attempt = useRef({ input: "", key: "" });
  const classes = chainDatasets.find(({ id }) => id === dataset)?.classes;
  const usableModels = models.filter(({ labels }) => labels.length === classes);
  const model = usableModels.find(({ id }) => id === modelId) ?? usableModels[0];

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (model === undefined) return setProblem("No model for this data set is available. Download one on the models page.");
    const input = { experimentId, modelId: model.id, name, dataset, preset, iterations: Number(iterations), seed: Number(seed) };
    const serialised = JSON.stringify(input);
    if (attempt.current.input !== serialised) attempt.current = { input: serialised, key: crypto.randomUUID() };
    const { data, error } = await startChain({ input: { ...input, idempotencyKey: attempt.current.key } });
    const answer = data?.startChain;
    if (answer?.__typename === "StartChainSuccess") router.push(`/chains/${encodeURIComponent(answer.chain.id)}`);
    else setProblem(answer?.message ?? error?.graphQLErrors[0]?.message ?? `${noAnswerMessage()} Nothing was started; try again.`);
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
        {textField("Name", name, setName, false)}
        {selectField(
          "Experiment",
          experimentId,
          setExperiment,
          experiments.map((each) => ({ id: each.id, name: `${each.key} ${each.name}` })),
        )}
        {selectField("Data set", dataset, setDataset, chainDatasets.map(optionOf))}
        {selectField("DNN 1", model?.id ?? "", setModel, usableModels)}
        {selectField("Preset", preset, setPreset, presets.map(optionOf))}
        {textField("Retrainings, 1 to 15", iterations, setIterations)}
        {textField("Seed", seed, setSeed)}
      </div>
      <Button look="primary" type="submit" disabled={fetching}>
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
