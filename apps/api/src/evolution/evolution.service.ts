/** Starts evolutions. */
import type { Actor } from "@pareidolia/core/actor";
import type { Parameters } from "@pareidolia/core/parameterSpec";
import { defaultOffspring, evaluationsOfEvolution, evolutionLimits } from "@pareidolia/core/runKinds/evolution";
import { mostEvaluations } from "@pareidolia/core/runKinds/runKind";
import { getEncoding } from "@pareidolia/encodings/registry";
import { searchParameters } from "@pareidolia/evolution/searchParameters";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import { policy } from "../policy/policy.ts";
import { checkWholeNumber, invalid, type PlannedRun, type RunLauncher, type RunOfKind, readMethodParameters } from "../run/runLauncher.ts";
import type { StartEvolutionInput } from "./evolution.input.ts";

function readParameters(input: Pick<StartEvolutionInput, "encoding" | "preset" | "parameters">): Parameters {
  return readMethodParameters(input, () => {
    const { parameters, presets } = getEncoding(input.encoding);
    return { parameters: [...parameters, ...searchParameters], presets };
  });
}

/** @throws AppError INVALID_INPUT naming the field. */
export function describeEvolution(input: Omit<StartEvolutionInput, "seed" | "experimentId">): RunOfKind {
  const parameters = readParameters(input);
  const generations = checkWholeNumber(input.generations, "generations", evolutionLimits.generations);
  const offspring = checkWholeNumber(input.offspring ?? defaultOffspring, "offspring", evolutionLimits.offspring);
  if (offspring % 2 !== 0) throw invalid("offspring", '"offspring" must be even: each pair of parents has two children.');
  if (evaluationsOfEvolution({ generations, offspring }) > mostEvaluations)
    throw invalid("generations", `The run would take more than ${mostEvaluations} evaluations. Reduce "generations" or "offspring".`);
  return { kind: "evolution", plan: { encoding: input.encoding, generations, offspring }, preset: input.preset, parameters };
}

export class EvolutionService {
  readonly #launcher: RunLauncher;

  constructor(launcher: RunLauncher) {
    this.#launcher = launcher;
  }

  start(actor: Actor, input: StartEvolutionInput): Promise<RunRecord> {
    policy.requireInWorkspace(actor, "run:start");
    const described = describeEvolution(input);
    return this.#launcher.launch(actor, input, () => described);
  }

  /** What `start` would create. */
  async plan(actor: Actor, input: StartEvolutionInput): Promise<PlannedRun> {
    policy.requireInWorkspace(actor, "run:start");
    return this.#launcher.plan(actor, input, () => describeEvolution(input));
  }
}
