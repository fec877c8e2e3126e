/** The run behind "Start the demo run", and the same as GraphQL. */
export const demoRun = { encoding: "cppn", preset: "normalised", seed: 142, generations: 200, offspring: 200 } as const;

export function demoRunQuery(modelId: string, experimentId: string | null): string {
  const start = (experiment: string) =>
    `  startEvolution(input: {\n    experimentId: ${experiment}, modelId: ${JSON.stringify(modelId)}\n    encoding: "${demoRun.encoding}", preset: "${demoRun.preset}"\n    seed: ${demoRun.seed}, generations: ${demoRun.generations}\n  }) {\n    ... on StartEvolutionSuccess { run { id key state } }\n    ... on Error { message }\n  }`;
  if (experimentId !== null) return `mutation {\n${start(JSON.stringify(experimentId))}\n}`;
  return `mutation First {\n  createExperiment(input: { name: "First run" }) {\n    ... on CreateExperimentSuccess { experiment { id key } }\n    ... on Error { message }\n  }\n}\n\nmutation Then($experiment: ID!) {\n${start("$experiment")}\n}`;
}
