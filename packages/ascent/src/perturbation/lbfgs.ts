/**
 * The box-constrained L-BFGS attack (Szegedy et al. 2014, section 4.1): the smallest change r with x + r in the box for which the
 * network says the target. They minimise c |r| + loss and search c; here the weight sits on the loss, |r|^2 + c x loss, so the
 * smallest c that succeeds is sought, first by powers of ten, then by bisecting its logarithm. The squared length is smooth at
 * r = 0, where the length is not. Lengths count 255 grey levels as 1. Without a target the likeliest other class is taken.
 */
import { type ParameterSpec, type ParameterValues, resolveParameters } from "@pareidolia/core/parameterSpec";
import { type AttackDefinition, type AttackGoal, type AttackOutcome, type AttackProcess, isAdversarial, largestClass } from "./attack.ts";
import { type Evaluation, type Minimum, minimiseWithin } from "./boundedMinimiser.ts";
import { distancesBetween } from "./distances.ts";
import { logProbability, wishFor } from "./objective.ts";
import { storePixels } from "./storedPixels.ts";

const parameters = [
  {
    name: "iterations",
    label: "Iterations",
    description: "Quasi-Newton steps for each weight.",
    kind: "integer",
    default: 50,
    minimum: 1,
    maximum: 10_000,
  },
  {
    name: "initialWeight",
    label: "First weight",
    description: "The weight of the loss against the squared change that is tried first.",
    kind: "number",
    default: 0.1,
    minimum: 1e-9,
    maximum: 1e9,
  },
  {
    name: "searchSteps",
    label: "Search steps",
    description: "Weights that are tried; the smallest that succeeds gives the smallest change.",
    kind: "integer",
    default: 8,
    minimum: 1,
    maximum: 50,
  },
] as const satisfies readonly ParameterSpec[];

type LbfgsParameters = ParameterValues<typeof parameters>;

export const lbfgs: AttackDefinition = {
  kind: "attack",
  id: "lbfgs",
  label: "L-BFGS",
  description: "The smallest change that makes the network say the target, by a quasi-Newton method; the first attack of all.",
  parameters,
  presets: [
    {
      id: "paper",
      label: "Paper",
      description: "The paper's method; it names no numbers, so these are this project's.",
      source: "Szegedy et al. 2014, section 4.1",
      values: resolveParameters(parameters, {}),
    },
  ],
  isBounded: false,
  iterationsOf(given) {
    const { iterations, searchSteps } = resolveParameters(parameters, given);
    return iterations * searchSteps;
  },
  norm: "l2",
  create(given) {
    const settings = resolveParameters(parameters, given);
    return (goal) => attack(goal, settings);
  },
};

function* attack(goal: AttackGoal, settings: LbfgsParameters): AttackProcess<AttackOutcome> {
  const target = goal.target ?? largestClass(goal.before.logits, goal.source);
  let best: (AttackOutcome & { readonly length: number }) | null = null;
  let last: AttackOutcome | null = null;
  let steps = 0;
  let failing = 0;
  let succeeding = Number.POSITIVE_INFINITY;
  let weight = settings.initialWeight;
  for (let search = 0; search < settings.searchSteps; search++) {
    const { pixels, evaluations } = yield* minimise(goal, {
      target,
      weight,
      iterations: settings.iterations,
      before: search * settings.iterations,
    });
    steps += evaluations;
    const stored = storePixels(goal.original, pixels, "l2", 0);
    const { logits } = yield wishFor(goal, stored);
    last = { pixels, stored, steps };
    if (isAdversarial(goal, logits)) {
      succeeding = weight;
      const length = distancesBetween(goal.original, stored).l2;
      if (best === null || length < best.length) best = { ...last, length };
    } else failing = weight;
    if (succeeding === Number.POSITIVE_INFINITY) weight *= 10;
    else weight = failing === 0 ? succeeding / 10 : Math.sqrt(failing * succeeding);
  }
  const { pixels, stored } = best ?? (last as AttackOutcome);
  return { pixels, stored, steps };
}

function* minimise(
  goal: AttackGoal,
  { target, weight, iterations, before }: { target: number; weight: number; iterations: number; before: number },
): AttackProcess<{ pixels: Float32Array; evaluations: number }> {
  const start = Float64Array.from(goal.original, (value) => value / 255);
  const weights = new Float32Array(goal.before.logits.length);
  weights[target] = 1;
  const process = minimiseWithin({ start, lower: 0, upper: 1, iterations, tolerance: 1e-5 });
  let evaluations = 0;
  let wished: IteratorResult<Float64Array, Minimum> = process.next();
  while (!wished.done) {
    const point = wished.value;
    const pixels = Float32Array.from(point, (value) => value * 255);
    const { logits, gradient } = yield wishFor(goal, pixels, { of: "log-probabilities", weights });
    evaluations++;
    // A step's own search may take more than one.
    goal.reached(before + Math.min(evaluations, iterations));
    const change = point.map((value, i) => value - (start[i] as number));
    const length = change.reduce((sum, value) => sum + value * value, 0);
    const evaluation: Evaluation = {
      value: length - weight * logProbability(logits, target),
      gradient: change.map((value, i) => 2 * value - weight * 255 * (gradient[i] as number)),
    };
    wished = process.next(evaluation);
  }
  return { pixels: Float32Array.from(wished.value.point, (value) => value * 255), evaluations };
}
