/** The mutations that the form sends, with its values written into their texts. */
import { literal } from "../queries/literal.ts";
import type { ShownQuery } from "../queries/shownQuery.ts";
import type { ExperimentChoice } from "./useExperimentStart.ts";
import type { EvolutionInput } from "./useStartEvolution.ts";

/** @param experiment A literal or a variable. */
function startMutation(experiment: string, run: EvolutionInput): string {
  const lines = Object.entries(run)
    .filter(([name, value]) => value !== undefined && (name !== "parameters" || Object.keys(value as object).length > 0))
    .map(([name, value]) => `    ${name}: ${literal(value)}`);
  const input = [`    experimentId: ${experiment}`, ...lines].join("\n");
  return `{\n  startEvolution(input: {\n${input}\n  }) {\n    ... on StartEvolutionSuccess { run { id key state } }\n    ... on Error { code message }\n  }\n}`;
}

/** Of a new experiment, the first mutation creates it, and the second takes its key as a variable. */
export function startEvolutionQueries(experiment: ExperimentChoice, run: EvolutionInput): readonly ShownQuery[] {
  const title = "Start the run";
  if ("id" in experiment) return [{ title, document: `mutation ${startMutation(JSON.stringify(experiment.id), run)}`, variables: {} }];
  const name = JSON.stringify(experiment.name);
  const create = `mutation {\n  createExperiment(input: { name: ${name} }) {\n    ... on CreateExperimentSuccess { experiment { id key } }\n    ... on Error { code message }\n  }\n}`;
  const start = `mutation ($experimentId: ID!) ${startMutation("$experimentId", run)}`;
  return [
    { title: "1. Create the experiment", document: create, variables: {} },
    { title: "2. Start the run: replace EXP-1 with the new experiment’s key", document: start, variables: { experimentId: "EXP-1" } },
  ];
}
