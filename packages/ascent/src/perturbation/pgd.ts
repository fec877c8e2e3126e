/**
 * Projected gradient descent (Madry et al. 2018; without a random start, the basic iterative method of Kurakin et al. 2017): many
 * small steps along the gradient, each projected back into the bound.
 */
import { type ParameterSpec, type ParameterValues, resolveParameters } from "@pareidolia/core/parameterSpec";
import { Purpose, Random } from "@pareidolia/core/random";
import { type AttackDefinition, type AttackGoal, type AttackOutcome, type AttackProcess, isAdversarial } from "./attack.ts";
import { epsilonParameter, normParameter } from "./boundParameters.ts";
import { evaluationRequest, objectiveValue, objectiveWeights } from "./objective.ts";
import { type Ball, project, randomPoint, stepAlong } from "./projection.ts";
import { storePixels } from "./storedPixels.ts";

const parameters = [
  normParameter,
  epsilonParameter(2),
  {
    name: "steps",
    label: "Steps",
    description: "Gradient steps from each start.",
    kind: "integer",
    default: 40,
    minimum: 1,
    maximum: 10_000,
  },
  {
    name: "stepSize",
    label: "Step size",
    description: "Grey levels per step, in the norm; 0 means 2.5 times the bound, divided by the number of steps.",
    kind: "number",
    default: 0,
    minimum: 0,
    maximum: 100_000,
  },
  {
    name: "randomStart",
    label: "Random start",
    description: "Starts from a random point within the bound instead of the image.",
    kind: "boolean",
    default: true,
  },
  {
    name: "restarts",
    label: "Starts",
    description: "Number of starts. With Stop at success, the first success ends the attack.",
    kind: "integer",
    default: 1,
    minimum: 1,
    maximum: 1000,
  },
  {
    name: "stopAtSuccess",
    label: "Stop at success",
    description: "Ends at the first stored image that succeeds. Otherwise takes all steps, which raises the confidence.",
    kind: "boolean",
    default: true,
  },
] as const satisfies readonly ParameterSpec[];

type PgdParameters = ParameterValues<typeof parameters>;

const defaults = resolveParameters(parameters, {});

export const pgd: AttackDefinition = {
  kind: "attack",
  id: "pgd",
  label: "PGD",
  description: "Many small steps along the gradient, each projected back into the bound.",
  parameters,
  presets: [
    { id: "faint", label: "Faint", description: "At most two grey levels per value.", source: "this project", values: defaults },
    {
      id: "faint-l2",
      label: "Faint, L2",
      description: "A Euclidean length of 300 grey levels.",
      source: "this project",
      values: { ...defaults, norm: "l2", epsilon: 300 },
    },
    {
      id: "paper-mnist",
      label: "Paper, MNIST",
      description: "0.3 of the range, 40 steps of 0.01.",
      source: "Madry et al. 2018, section 5",
      values: { ...defaults, epsilon: 76.5, stepSize: 2.55, stopAtSuccess: false },
    },
    {
      id: "paper-cifar10",
      label: "Paper, CIFAR-10",
      description: "Eight grey levels, 7 steps of 2.",
      source: "Madry et al. 2018, section 5",
      values: { ...defaults, epsilon: 8, steps: 7, stepSize: 2, stopAtSuccess: false },
    },
  ],
  isBounded: true,
  iterationsOf(given) {
    const { restarts, steps } = resolveParameters(parameters, given);
    return restarts * steps;
  },
  norm: null,
  create(given) {
    const settings = readSettings(given);
    return (goal) => attack(goal, settings);
  },
};

/** With the step size that the attack takes. */
function readSettings(given: Readonly<Record<string, unknown>>): PgdParameters {
  const values = resolveParameters(parameters, given);
  return { ...values, stepSize: values.stepSize || (2.5 * values.epsilon) / values.steps };
}

interface Candidate {
  readonly outcome: AttackOutcome;
  readonly success: boolean;
  readonly value: number;
}

function* attack(goal: AttackGoal, settings: PgdParameters): AttackProcess<AttackOutcome> {
  let best: Candidate | null = null;
  let steps = 0;
  for (let restart = 0; restart < settings.restarts; restart++) {
    const found: Candidate = yield* descend(goal, settings, restart, steps);
    steps = found.outcome.steps;
    if (best === null || Number(found.success) > Number(best.success) || (found.success === best.success && found.value > best.value))
      best = found;
    if (best.success && settings.stopAtSuccess) break;
  }
  return { ...(best as Candidate).outcome, steps };
}

function* descend(goal: AttackGoal, settings: PgdParameters, restart: number, stepsBefore: number): AttackProcess<Candidate> {
  const { norm, epsilon } = settings;
  const ball: Ball = { centre: goal.original, norm, epsilon };
  const weights = objectiveWeights(goal);
  const address = { seed: goal.seed, generation: restart, index: (goal.target ?? -1) + 1, purpose: Purpose.ATTACK };
  let pixels = settings.randomStart ? randomPoint(ball, new Random(address)) : Float32Array.from(goal.original);
  for (let step = 0; ; step++) {
    goal.onIteration(restart * settings.steps + step);
    const isLast = step === settings.steps;
    if (isLast || (settings.stopAtSuccess && step > 0)) {
      const stored = storePixels(goal.original, pixels, norm, epsilon);
      const { logits } = yield evaluationRequest(goal, stored);
      const success = isAdversarial(goal, logits);
      if (isLast || success)
        return { outcome: { pixels, stored, steps: stepsBefore + step }, success, value: objectiveValue(goal, logits) };
    }
    const { gradient } = yield evaluationRequest(goal, pixels, { of: "log-probabilities", weights });
    pixels = project(ball, stepAlong(ball, pixels, gradient, settings.stepSize));
  }
}
