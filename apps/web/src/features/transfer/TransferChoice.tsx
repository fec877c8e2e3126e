"use client";
/** The choice of images for transfer: all images of an experiment, or those of some of its evolutions. */
import { useAllPages } from "../../graphql/client/useAllPages.ts";
import { TransferRunsDocument, type TransferRunsQuery } from "../../graphql/generated/graphql.ts";
import { useExperimentChoices } from "../experiments/useExperimentChoices.ts";
import { plainMessage } from "../marks/ErrorState.tsx";
import { Skeleton } from "../marks/Skeleton.tsx";
import styles from "./Transfer.module.css";

interface TransferChoiceProps {
  /** The key of the chosen experiment; empty if none is chosen. */
  readonly experiment: string;
  readonly runKeys: readonly string[];
  onExperiment(key: string): void;
  onRuns(keys: readonly string[]): void;
}

export function TransferChoice({ experiment, runKeys, onExperiment, onRuns }: TransferChoiceProps) {
  const experiments = useExperimentChoices();
  const isListed = experiments.nodes?.some(({ key }) => key === experiment) ?? false;
  return (
    <div className={styles.choice}>
      <label>
        <span className="fieldLabel">Experiment</span>
        <select className="input" value={experiment} onChange={(event) => onExperiment(event.target.value)}>
          <option value="">Choose an experiment</option>
          {experiment === "" || isListed ? null : <option value={experiment}>{experiment}</option>}
          {experiments.nodes?.map(({ id, key, name }) => (
            <option key={id} value={key}>
              {key} {name}
            </option>
          ))}
        </select>
      </label>
      {experiments.error === undefined ? null : <LoadError what="experiments" error={experiments.error} onRetry={experiments.refetch} />}
      {experiment === "" ? null : <RunChoice key={experiment} experiment={experiment} runKeys={runKeys} onRuns={onRuns} />}
    </div>
  );
}

const runsOf = ({ runs }: TransferRunsQuery) => runs;

function RunChoice({ experiment, runKeys, onRuns }: Omit<TransferChoiceProps, "onExperiment">) {
  const { nodes, error, refetch } = useAllPages(TransferRunsDocument, { experimentId: experiment }, runsOf);
  if (nodes === undefined) return error === undefined ? <RunChoiceSkeleton /> : <LoadError what="runs" error={error} onRetry={refetch} />;
  if (nodes.length < 2) return null;
  return (
    <fieldset className={styles.runs}>
      <legend className="fieldLabel">Only these runs</legend>
      {nodes.map(({ id, key, name }) => (
        <label key={id} title={name}>
          <input
            type="checkbox"
            checked={runKeys.includes(key)}
            onChange={(event) => onRuns(event.target.checked ? [...runKeys, key] : runKeys.filter((each) => each !== key))}
          />
          <span className="n12">{key}</span>
        </label>
      ))}
    </fieldset>
  );
}

function RunChoiceSkeleton() {
  return (
    <fieldset className={styles.runs}>
      <legend className="fieldLabel">Only these runs</legend>
      <div className={styles.runsSkeleton} role="status" aria-label="Loading runs">
        <Skeleton width={240} />
      </div>
    </fieldset>
  );
}

function LoadError({ what, error, onRetry }: { readonly what: string; readonly error: string; onRetry(): void }) {
  return (
    <p className="fieldError" role="alert">
      The {what} could not be loaded. {plainMessage(error)}{" "}
      <button type="button" className="link" onClick={onRetry}>
        Try again
      </button>
    </p>
  );
}
