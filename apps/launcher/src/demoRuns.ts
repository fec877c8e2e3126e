/**
 * Demo data for a new installation: one experiment with three small runs, started through the public API. Idempotency keys keep
 * a second call from starting them twice.
 */
import { AppError } from "@pareidolia/core/appError";

const description = "The paper's two encodings against LeNet, side by side. Every image here was evolved on this machine.";

const runs = [
  { key: "direct", encoding: "direct", preset: "paper" },
  { key: "cppn", encoding: "cppn", preset: "normalised" },
  { key: "cppn-released-code", encoding: "cppn", preset: "released-code" },
] as const;

const stateQuery = /* GraphQL */ `
  query DemoState {
    experiments(first: 1) {
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

/** Starts the demo runs if there is no experiment yet. Returns the number of runs started. */
export async function startDemoRuns(apiUrl: string): Promise<number> {
  const state = await request<{ experiments: { totalCount: number }; models: { nodes: { id: string; slug: string }[] } }>(
    apiUrl,
    stateQuery,
    {},
  );
  const model = state.models.nodes.find(({ slug }) => slug === "lenet");
  if (state.experiments.totalCount > 0 || model === undefined) return 0;
  const { createExperiment } = await request<{ createExperiment: { experiment?: { id: string }; message?: string } }>(
    apiUrl,
    createMutation,
    {
      input: { name: "MNIST, two encodings", description, idempotencyKey: "demo" },
    },
  );
  if (createExperiment.experiment === undefined)
    throw new AppError("INTERNAL", `Could not create the demo experiment: ${createExperiment.message}`);
  for (const { key, encoding, preset } of runs) {
    const { startEvolution } = await request<{ startEvolution: { run?: { id: string }; message?: string } }>(apiUrl, startMutation, {
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
    if (startEvolution.run === undefined) throw new AppError("INTERNAL", `Could not start a demo run: ${startEvolution.message}`);
  }
  return runs.length;
}

async function request<T>(apiUrl: string, query: string, variables: Record<string, unknown>): Promise<T> {
  const response = await fetch(`${apiUrl}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  const answer = (await response.json()) as { data?: T; errors?: { message: string }[] };
  if (answer.data === undefined || answer.errors !== undefined)
    throw new AppError(
      "INTERNAL",
      `The API rejected the demo data: ${answer.errors?.map(({ message }) => message).join("; ") ?? response.status}`,
    );
  return answer.data;
}
