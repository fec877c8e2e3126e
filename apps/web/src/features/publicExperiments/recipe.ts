/** The settings of a shared run: the settings of its kind as rows, and all settings as a document. */
import { formatCount } from "../marks/numbers.ts";
import { formatParameter } from "../run/parameterEntries.ts";
import type { SharedRun } from "./sharedRun.ts";

export interface RecipeRow {
  readonly name: string;
  readonly text: string;
  readonly isNumber?: boolean;
}

const numberRow = (name: string, value: number): RecipeRow => ({ name, text: formatCount(value), isNumber: true });

export function planOf(run: SharedRun): readonly RecipeRow[] {
  switch (run.__typename) {
    case "EvolutionRun":
      return [numberRow("Generations", run.generations), numberRow("Offspring", run.offspring)];
    case "AscentRun":
      return [numberRow("Classes", run.classes.length), numberRow("Starts a class", run.starts)];
    case "PerturbationRun":
      return [
        { name: "Target", text: run.targetLabel ?? "any other class" },
        ...(run.bounds.length === 0 ? [] : [{ name: "Bounds", text: run.bounds.map(formatParameter).join(" "), isNumber: true }]),
      ];
    case "RetrainingRun":
      return run.chain === null
        ? []
        : [{ name: "Data set", text: run.chain.dataset.label }, numberRow("Retrainings", run.chain.iterations)];
    case "ImportedRun":
      return [{ name: "Name in the source", text: run.sourceKey }];
  }
}

/** The settings of its kind under the names that the API gives them. */
function settingsOf(run: SharedRun): Readonly<Record<string, unknown>> {
  switch (run.__typename) {
    case "EvolutionRun":
      return { encoding: run.encoding, generations: run.generations, offspring: run.offspring };
    case "AscentRun":
      return { classes: run.classes, starts: run.starts };
    case "PerturbationRun":
      return { norm: run.norm, bounds: run.bounds, targetLabel: run.targetLabel };
    case "RetrainingRun":
      return { dataset: run.chain?.dataset.id ?? null, iterations: run.chain?.iterations ?? null };
    case "ImportedRun":
      return { sourceKey: run.sourceKey, metrics: run.metrics };
  }
}

export function recipeDocument(run: SharedRun): Readonly<Record<string, unknown>> {
  const { key, name, experiment, kindLabel, method, presetLabel, seed, model, framing, parameters, archiveHash, manifest } = run;
  return {
    run: key,
    name,
    experiment: { key: experiment.key, name: experiment.name, owner: experiment.workspaceName },
    kind: kindLabel,
    method,
    preset: presetLabel,
    seed,
    model: { name: model.name, sha256: model.sha256 === "" ? null : model.sha256 },
    framing,
    ...settingsOf(run),
    parameters,
    archiveHash,
    manifest,
  };
}
