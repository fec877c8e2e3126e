/**
 * What a fork of each kind of run starts from, and what may change in it. Evolutions continue from an archive, retraining chains from their
 * finished links. The parts of other runs do not depend on one another, so there is nothing to continue.
 */
import { createHash } from "node:crypto";
import { AppError } from "@pareidolia/core/appError";
import { serialiseGeneration } from "@pareidolia/core/generationBytes";
import { hashDocument, startOfChain } from "@pareidolia/core/hashChain";
import { evaluationsOfEvolution, evolutionLimits } from "@pareidolia/core/runKinds/evolution";
import { type RunKind, whyNotComputed } from "@pareidolia/core/runKinds/registry";
import { evaluationsOfChain, evaluationsPerNetwork, retrainingLimits } from "@pareidolia/core/runKinds/retraining";
import { mostEvaluations } from "@pareidolia/core/runKinds/runKind";
import { getEncoding } from "@pareidolia/encodings/registry";
import { searchParameters } from "@pareidolia/evolution/searchParameters";
import { createChain } from "@pareidolia/persistence/lab/chains/createChain";
import { readChain } from "@pareidolia/persistence/lab/chains/readChains";
import { copyArchive } from "@pareidolia/persistence/lab/forks/copyArchive";
import { copyLinks, documentOfLinks } from "@pareidolia/persistence/lab/forks/copyLinks";
import { readArchive } from "@pareidolia/persistence/lab/runs/readCheckpoint";
import type { EarlierRun } from "@pareidolia/persistence/lab/runs/wholeRun";
import type { Connection, Transaction } from "@pareidolia/persistence/server/database/database";
import { getMethod } from "../method/methods.ts";
import { checkWholeNumber, invalid, type RunOfKind, readMethodParameters } from "../run/runLauncher.ts";
import type { ForkRunInput } from "./fork.input.ts";

export interface PlannedFork {
  /** The kind-specific part of the new run. */
  readonly run: RunOfKind;
  /** Copies the state that the fork starts from, in the transaction that creates it. */
  readonly copy: (transaction: Transaction, forkId: string) => Promise<void>;
}

type PlanFork<Kind extends RunKind> = (connection: Connection, run: EarlierRun<Kind>, input: ForkRunInput) => Promise<PlannedFork>;

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

function givenParameters({ parameters }: ForkRunInput): Readonly<Record<string, unknown>> {
  const given = parameters ?? {};
  if (typeof given !== "object" || Array.isArray(given)) throw invalid("parameters", "Parameters must be an object of names and values.");
  return given as Readonly<Record<string, unknown>>;
}

const forkEvolution: PlanFork<"evolution"> = async (connection, run, input) => {
  const encoding = getEncoding(run.plan.encoding);
  const given = givenParameters(input);
  for (const name of encoding.drawingParameters)
    if (name in given && given[name] !== run.parameters[name])
      throw invalid(
        `parameters.${name}`,
        `"${name}" decides how a genome becomes an image, so the archive's confidences would not hold any more. Start a new run with it instead.`,
      );
  const { presets } = encoding;
  const parameters = readMethodParameters({ preset: run.preset, parameters: { ...run.parameters, ...given } }, () => ({
    parameters: [...encoding.parameters, ...searchParameters],
    presets,
  }));
  const last = run.generation;
  if (last < 0) throw new AppError("CONFLICT", `RUN-${run.number} has not stored a generation yet.`, { field: "input.runId" });
  const generation = checkWholeNumber(input.generation, "generation", { minimum: run.forkGeneration ?? 0, maximum: last });
  const generations = checkWholeNumber(input.generations ?? run.plan.generations, "generations", evolutionLimits.generations);
  if (generations <= generation)
    throw invalid(
      "generations",
      `A fork at generation ${generation} needs at least ${generation + 1} generations, so that it evolves at least one.`,
    );
  const plan = { ...run.plan, generations };
  if (evaluationsOfEvolution(plan) > mostEvaluations)
    throw invalid("generations", `The run would take more than ${mostEvaluations} evaluations. Reduce "generations".`);
  const elites = await readArchive(connection, run.id, generation);
  const state = sha256(serialiseGeneration([...elites].sort((a, b) => a.niche - b.niche)));
  const forked = { ...run, parameters, plan, seed: input.seed ?? run.seed };
  const chainHash = startOfChain(forked, { generation, state }, sha256);
  return {
    run: { kind: "evolution", plan, preset: run.preset, parameters },
    copy: ({ connection: inside }, forkId) =>
      copyArchive(inside, {
        originalId: run.id,
        forkId,
        generation,
        evaluations: (generation + 1) * plan.offspring,
        elites,
        chainHash,
      }),
  };
};

const forkRetraining: PlanFork<"retraining"> = async (connection, run, input) => {
  const stored = await readChain(connection, run.id);
  const finished = (stored?.links ?? []).filter(({ state }) => state === "SUCCEEDED");
  if (stored === null || finished.length === 0)
    throw new AppError("CONFLICT", `RUN-${run.number} has no finished link yet.`, { field: "input.runId" });
  const generation = checkWholeNumber(input.generation, "generation", {
    minimum: Math.max(1, run.forkGeneration ?? 1),
    maximum: finished.length,
  });
  const iterations = checkWholeNumber(input.generations ?? run.plan.iterations, "generations", retrainingLimits.iterations);
  if (iterations < generation)
    throw invalid(
      "generations",
      `A fork after ${generation} links needs at least ${generation} retrained networks, so that it trains at least one.`,
    );
  const method = getMethod("retraining", run.plan.method, "method");
  const parameters = readMethodParameters(
    { preset: run.preset, parameters: { ...run.parameters, ...givenParameters(input) } },
    () => method,
  );
  if (Number(parameters["offspring"]) % 2 !== 0)
    throw invalid("parameters.offspring", '"offspring" must be even: each pair of parents has two children.');
  const evaluationGoal = evaluationsOfChain({ parameters, iterations });
  if (evaluationGoal > mostEvaluations)
    throw invalid(
      "parameters.generations",
      `The chain would take more than ${mostEvaluations} evaluations. Reduce "generations", "offspring" or "runs".`,
    );
  const plan = { ...run.plan, iterations, evaluationGoal };
  const state = hashDocument(documentOfLinks(finished.slice(0, generation)), sha256);
  const forked = { ...run, parameters, plan, seed: input.seed ?? run.seed };
  const chainHash = startOfChain(forked, { generation, state }, sha256);
  const { name, dataset, workspaceId } = stored.chain;
  return {
    run: { kind: "retraining", plan, preset: run.preset, parameters },
    async copy(transaction, forkId) {
      await createChain(transaction, { workspaceId, runId: forkId, name, dataset, iterations, modelId: run.modelId });
      const evaluations = generation * evaluationsPerNetwork(plan);
      await copyLinks(transaction.connection, { originalId: run.id, forkId, count: generation, evaluations, chainHash });
    },
  };
};

function refuse(parts: string): PlanFork<RunKind> {
  return async (_, run) => {
    throw new AppError(
      "INVALID_INPUT",
      `RUN-${run.number} cannot be forked: its ${parts} do not depend on one another, so there is no state to continue from. Run it again with changes instead.`,
      { field: "input.runId" },
    );
  };
}

const refuseImported: PlanFork<"imported"> = async (_, run) => {
  throw new AppError("INVALID_INPUT", `RUN-${run.number} cannot be forked: ${whyNotComputed("imported")}.`, { field: "input.runId" });
};

const plans: { readonly [Kind in RunKind]: PlanFork<Kind> } = {
  evolution: forkEvolution,
  ascent: refuse("trajectories"),
  perturbation: refuse("attacks"),
  retraining: forkRetraining,
  imported: refuseImported,
};

/** @throws AppError INVALID_INPUT, naming the field; CONFLICT for a run that has stored nothing yet. */
export function planFork<Kind extends RunKind>(connection: Connection, run: EarlierRun<Kind>, input: ForkRunInput): Promise<PlannedFork> {
  return plans[run.kind](connection, run, input);
}
