"use client";
/** Where the runs of a file go, and the button that imports them. */
import { maxNameLength } from "@pareidolia/core/maxNameLength";
import type { ReactNode } from "react";
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
import { ExperimentOption } from "../locks/ExperimentOption.tsx";
import { Button } from "../marks/Button.tsx";
import { mutationProblem } from "../marks/mutationProblem.ts";
import { formatCount } from "../marks/numbers.ts";
import { usePermissions } from "../permissions/usePermissions.ts";
import styles from "./Imports.module.css";

/** Where the runs go, as chosen so far. */
export interface ImportTarget {
  /** Empty for a new experiment. */
  readonly experimentId: string;
  /** Of a new experiment; null for the name that the file suggests. */
  readonly name: string | null;
  /** Empty for an unknown network. */
  readonly modelId: string;
}

interface ImportDecisionProps {
  readonly node: ImportOnPageFragment;
  readonly preview: NonNullable<ImportOnPageFragment["preview"]>;
  readonly target: ImportTarget;
  readonly onTarget: (target: ImportTarget) => void;
  readonly onChanged: () => void;
  readonly cancel: ReactNode;
}

const shownExperiments = 5;

const modelsOf = ({ models }: NewRunModelsQuery) => models;

export function ImportDecision({ node, preview, target, onTarget, onChanged, cancel }: ImportDecisionProps) {
  const { may } = usePermissions();
  const experiments = useExperimentChoices();
  const models = useAllPages(NewRunModelsDocument, {}, modelsOf);
  const { experimentId, modelId } = target;
  const name = target.name ?? preview.experimentName;
  const [{ fetching }, start] = useMutation(StartImportDocument);
  const { origin } = preview;
  const hasExperiments = origin != null && origin.subject !== "RUN";
  const send = async () => {
    const experiment = hasExperiments ? {} : experimentId === "" ? { experimentName: name } : { experimentId };
    const chosen = { ...experiment, ...(modelId === "" ? {} : { modelId }) };
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
        {hasExperiments ? <Fact name={origin.experimentCount === 1 ? "experiment" : "experiments"} value={origin.experimentCount} /> : null}
      </dl>
      {origin == null ? null : <RestoreNote origin={origin} />}
      {may("startImport") ? (
        <form
          className={styles.target}
          onSubmit={(event) => {
            event.preventDefault();
            void send();
          }}
        >
          {hasExperiments ? null : (
            <>
              <label>
                <span className="fieldLabel">Experiment</span>
                <select
                  className="input"
                  value={experimentId}
                  onChange={(event) => onTarget({ ...target, experimentId: event.target.value })}
                >
                  <option value="">A new experiment</option>
                  {experiments.nodes?.map((each) => (
                    <ExperimentOption key={each.id} experiment={each} />
                  ))}
                </select>
              </label>
              {experimentId === "" ? (
                <label>
                  <span className="fieldLabel">Its name</span>
                  <input
                    className="input"
                    value={name}
                    maxLength={maxNameLength}
                    onChange={(event) => onTarget({ ...target, name: event.target.value })}
                  />
                </label>
              ) : null}
            </>
          )}
          {preview.imageCount > 0 && origin == null ? (
            <label>
              <span className="fieldLabel">Classes are those of</span>
              <select className="input" value={modelId} onChange={(event) => onTarget({ ...target, modelId: event.target.value })}>
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
      ) : null}
    </>
  );
}

/** What restoring an export means. */
function RestoreNote({
  origin: { key, workspace, experiments },
}: {
  readonly origin: NonNullable<ImportDecisionProps["preview"]["origin"]>;
}) {
  return (
    <p className="second">
      An export of {key ?? "all"} of the workspace {workspace}
      {experiments.length === 0 ? "" : `, with ${experiments.slice(0, shownExperiments).join(", ")}`}
      {experiments.length > shownExperiments ? " and others" : ""}. Its runs return as they were: they can be opened, compared, forked and
      verified. First their genomes are drawn again, and their images are scored again by the networks here; a difference refuses the
      import.
    </p>
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
