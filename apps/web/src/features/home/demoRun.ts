/** The demo run of the home page, as an input and as the text of a mutation. */
export const demoRun = { encoding: "cppn", preset: "normalised", seed: 142, generations: 200, offspring: 200 } as const;

export function demoRunQuery(modelId: string, experimentId: string | null): string {
  const startMutation = (experiment: string) =>
    `  startEvolution(input: {\n    experimentId: ${experiment}, modelId: ${JSON.stringify(modelId)}\n    encoding: "${demoRun.encoding}", preset: "${demoRun.preset}"\n    seed: ${demoRun.seed}, generations: ${demoRun.generations}\n  }) {\n    ... on StartEvolutionSuccess { run { id key state } }\n    ... on Error { message }\n  }`;
  if (experimentId !== null) return `mutation {\n${startMutation(JSON.stringify(experimentId))}\n}`;
  return `mutation First {\n  createExperiment(input: { name: "First run" }) {\n    ... on CreateExperimentSuccess { experiment { id key } }\n    ... on Error { message }\n  }\n}\n\nmutation Then($experiment: ID!) {\n${startMutation("$experiment")}\n}`;
}
