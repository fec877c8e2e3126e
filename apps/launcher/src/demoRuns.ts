/**
 * What a first visitor finds: one experiment with three small runs, asked of the API as a person would ask and computed by
 * the worker while the page is open. Keys make asking twice the same as asking once.
 */
import { AppError } from "@pareidolia/core/appError";

const description = "The paper's two encodings against LeNet, side by side. Every picture here was evolved on this machine.";

const runs = [
  { key: "direct", encoding: "direct", preset: "paper" },
  { key: "cppn", encoding: "cppn", preset: "normalised" },
  { key: "cppn-released-code", encoding: "cppn", preset: "released-code" },
] as const;

const emptyQuery = /* GraphQL */ `
  query DemoState {
    experiments(first: 1, filter: {}) {
      totalCount
    }
    models(first: 50) {
      nodes {
        id
        slug
      }
    }
  }
`;

const createMutation = /* GraphQL */ `
  mutation CreateDemo($input: CreateExperimentInput!) {
    createExperiment(input: $input) {
      ... on CreateExperimentSuccess {
        experiment {
          id
        }
      }
      ... on Error {
        message
      }
    }
  }
`;

const startMutation = /* GraphQL */ `
  mutation StartDemo($input: StartEvolutionInput!) {
    startEvolution(input: $input) {
      ... on StartEvolutionSuccess {
        run {
          id
        }
      }
      ... on Error {
        message
      }
    }
  }
`;

/** Enqueues the demo runs where there is no experiment yet; returns how many. */
export async function startDemoRuns(apiUrl: string): Promise<number> {
  const state = await ask<{ experiments: { totalCount: number }; models: { nodes: { id: string; slug: string }[] } }>(
    apiUrl,
    emptyQuery,
    {},
  );
  const model = state.models.nodes.find(({ slug }) => slug === "lenet");
  if (state.experiments.totalCount > 0 || model === undefined) return 0;
  const { createExperiment } = await ask<{ createExperiment: { experiment?: { id: string }; message?: string } }>(apiUrl, createMutation, {
    input: { name: "MNIST, two encodings", description, idempotencyKey: "demo" },
  });
  if (createExperiment.experiment === undefined)
    throw new AppError("INTERNAL", `The demo experiment was refused: ${createExperiment.message}`);
  for (const { key, encoding, preset } of runs) {
    const { startEvolution } = await ask<{ startEvolution: { run?: { id: string }; message?: string } }>(apiUrl, startMutation, {
      input: {
        experimentId: createExperiment.experiment.id,
        modelId: model.id,
        encoding,
        preset,
        seed: 1,
        generations: 200,
        idempotencyKey: `demo-${key}`,
      },
    });
    if (startEvolution.run === undefined) throw new AppError("INTERNAL", `A demo run was refused: ${startEvolution.message}`);
  }
  return runs.length;
}

async function ask<T>(apiUrl: string, query: string, variables: Record<string, unknown>): Promise<T> {
  const response = await fetch(`${apiUrl}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  const answer = (await response.json()) as { data?: T; errors?: { message: string }[] };
  if (answer.data === undefined || answer.errors !== undefined)
    throw new AppError(
      "INTERNAL",
      `The API refused the demo data: ${answer.errors?.map(({ message }) => message).join("; ") ?? response.status}`,
    );
  return answer.data;
}
