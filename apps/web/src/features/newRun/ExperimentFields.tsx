"use client";
/** The experiment of a new run: an existing one, or the name of a new one. */
import type { FoundExperiment } from "../experiments/useFindExperiment.ts";
import { defaultExperimentName } from "./experimentAddress.ts";
import runFormStyles from "./RunForm.module.css";
import type { ExperimentChoice } from "./useExperimentStart.ts";

interface ExperimentFieldsProps {
  readonly experiments: readonly FoundExperiment[];
  readonly value: ExperimentChoice;
  readonly problem?: string | undefined;
  onChange(experiment: ExperimentChoice): void;
}

export function ExperimentFields({ experiments, value, problem, onChange }: ExperimentFieldsProps) {
  return (
    <div className={runFormStyles.runFields}>
      <label>
        <span className="fieldLabel">Experiment</span>
        <select
          className="input"
          value={"id" in value ? value.id : ""}
          onChange={(event) => onChange(event.target.value === "" ? { name: defaultExperimentName } : { id: event.target.value })}
        >
          {experiments.map(({ id, key, name }) => (
            <option key={id} value={id}>
              {key} {name}
            </option>
          ))}
          <option value="">New experiment</option>
        </select>
        {problem ? (
          <span className="fieldError" role="alert">
            {problem}
          </span>
        ) : null}
      </label>
      {"name" in value ? (
        <label>
          <span className="fieldLabel">Name of the experiment</span>
          <input
            className="input"
            required
            maxLength={120}
            value={value.name}
            onChange={(event) => onChange({ name: event.target.value })}
          />
        </label>
      ) : null}
    </div>
  );
}
