"use client";
/** The experiment of a new run: an existing one, or the name of a new one. */
import { maxNameLength } from "@pareidolia/core/maxNameLength";
import type { FoundExperiment } from "../experiments/useFindExperiment.ts";
import { ExperimentOption } from "../locks/ExperimentOption.tsx";
import { lockRefusal } from "../locks/lockRefusal.ts";
import { defaultExperimentName } from "./experimentAddress.ts";
import type { ExperimentChoice } from "./useExperimentStart.ts";

interface ExperimentFieldsProps {
  readonly experiments: readonly FoundExperiment[];
  readonly value: ExperimentChoice;
  readonly problem?: string | undefined;
  onChange(experiment: ExperimentChoice): void;
}

export function ExperimentFields({ experiments, value, problem: ownProblem, onChange }: ExperimentFieldsProps) {
  const chosen = "id" in value ? experiments.find(({ id }) => id === value.id) : undefined;
  const problem = ownProblem ?? lockRefusal(chosen?.key ?? "", chosen?.lock);
  return (
    <>
      <label>
        <span className="fieldLabel">Experiment</span>
        <select
          className="input"
          value={"id" in value ? value.id : ""}
          onChange={(event) => onChange(event.target.value === "" ? { name: defaultExperimentName } : { id: event.target.value })}
        >
          {experiments.map((each) => (
            <ExperimentOption key={each.id} experiment={each} />
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
            maxLength={maxNameLength}
            value={value.name}
            onChange={(event) => onChange({ name: event.target.value })}
          />
        </label>
      ) : null}
    </>
  );
}
