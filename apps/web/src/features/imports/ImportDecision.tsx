"use client";
/** Where the runs of a file go, and the button that imports them. */
import { type ReactNode, useState } from "react";
import { toast } from "sonner";
import { useMutation } from "urql";
import { useAllPages } from "../../graphql/client/useAllPages.ts";
import {
  type ImportOnPageFragment,
  NewRunModelsDocument,
  type NewRunModelsQuery,
  StartImportDocument,
} from "../../graphql/generated/graphql.ts";
import { useExperimentChoices } from "../experiments/useExperimentChoices.ts";
import { Button } from "../marks/Button.tsx";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { formatCount } from "../marks/numbers.ts";
import styles from "./Imports.module.css";

interface ImportDecisionProps {
  readonly node: ImportOnPageFragment;
  readonly preview: NonNullable<ImportOnPageFragment["preview"]>;
  readonly onChanged: () => void;
  readonly cancel: ReactNode;
}

const modelsOf = ({ models }: NewRunModelsQuery) => models;

export function ImportDecision({ node, preview, onChanged, cancel }: ImportDecisionProps) {
  const experiments = useExperimentChoices();
  const models = useAllPages(NewRunModelsDocument, {}, modelsOf);
  const [experimentId, setExperimentId] = useState("");
  const [name, setName] = useState(preview.experimentName);
  const [modelId, setModelId] = useState("");
  const [{ fetching }, start] = useMutation(StartImportDocument);
  const send = async () => {
    const target = experimentId === "" ? { experimentName: name } : { experimentId };
    const chosen = { ...target, ...(modelId === "" ? {} : { modelId }) };
    const { data, error } = await start({ input: { importId: node.id, ...chosen } });
    const problem = mutationProblem(data?.startImport, error);
    if (problem !== null) toast.error(problem);
    onChanged();
  };
  return (
    <>
      <dl className={styles.facts}>
        <Fact name={preview.runCount === 1 ? "run" : "runs"} value={preview.runCount} />
        <Fact name={preview.imageCount === 1 ? "image" : "images"} value={preview.imageCount} />
      </dl>
      <form
        className={styles.target}
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <label>
          <span className="fieldLabel">Experiment</span>
          <select className="input" value={experimentId} onChange={(event) => setExperimentId(event.target.value)}>
            <option value="">A new experiment</option>
            {experiments.nodes?.map(({ id, key, name: title }) => (
              <option key={id} value={id}>
                {key} {title}
              </option>
            ))}
          </select>
        </label>
        {experimentId === "" ? (
          <label>
            <span className="fieldLabel">Its name</span>
            <input className="input" value={name} maxLength={120} onChange={(event) => setName(event.target.value)} />
          </label>
        ) : null}
        {preview.imageCount > 0 ? (
          <label>
            <span className="fieldLabel">Classes are those of</span>
            <select className="input" value={modelId} onChange={(event) => setModelId(event.target.value)}>
              <option value="">an unknown network</option>
              {models.nodes?.map(({ id, name: title }) => (
                <option key={id} value={id}>
                  {title}
                </option>
              ))}
            </select>
          </label>
        ) : null}
        <Button look="primary" type="submit" disabled={fetching}>
          Import
        </Button>
        {cancel}
      </form>
    </>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: number }) {
  return (
    <div>
      <dd className="n20">{formatCount(value)}</dd>
      <dt className="t12 muted">{name}</dt>
    </div>
  );
}
