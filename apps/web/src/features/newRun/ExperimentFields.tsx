"use client";
/** Where a run is to belong: an experiment that stands, or a new one with its name. */
import type { FoundExperiment } from "../experiments/useFindExperiment.ts";
import type { ExperimentWanted } from "./useExperimentStart.ts";

interface ExperimentFieldsProps {
  readonly experiments: readonly FoundExperiment[];
  readonly value: ExperimentWanted;
  onChange(wanted: ExperimentWanted): void;
}

export function ExperimentFields({ experiments, value, onChange }: ExperimentFieldsProps) {
  return (
    <div className="runFields">
      <label>
        <span className="fieldLabel">Experiment</span>
        <select
          className="input"
          value={"id" in value ? value.id : ""}
          onChange={(event) => onChange(event.target.value === "" ? { name: "First run" } : { id: event.target.value })}
        >
          {experiments.map(({ id, key, name }) => (
            <option key={id} value={id}>
              {key} {name}
            </option>
          ))}
          <option value="">A new one</option>
        </select>
      </label>
      {"name" in value ? (
        <label>
          <span className="fieldLabel">Its name</span>
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
