/**
 * The L2 attack of Carlini and Wagner (2017, section VI.A): minimises |r|^2 + c x f by Adam, where f is the desired class's missing
 * logit margin: kappa minus its lead over the other classes. The pixels are a tanh of the optimised variables, so they stay in range.
 * Bisection finds the smallest c that succeeds. Lengths count 255 grey levels as 1. A change succeeds if its stored bytes lead by
 * kappa; the smallest such change is the result.
 */
import { type ParameterSpec, type ParameterValues, resolveParameters } from "@pareidolia/core/parameterSpec";
import { type AttackDefinition, type AttackGoal, type AttackOutcome, type AttackProcess, isAdversarial, largestClass } from "./attack.ts";
import { distancesBetween } from "./distances.ts";
import { evaluationRequest } from "./objective.ts";
import { storePixels } from "./storedPixels.ts";

const parameters = [
  {
    name: "kappa",
    label: "Kappa",
    description: "Margin by which the desired class's logit must lead; larger values raise the confidence.",
    kind: "number",
    default: 0,
    minimum: 0,
    maximum: 1000,
  },
  {
    name: "iterations",
    label: "Iterations",
    description: "Adam steps for each weight.",
    kind: "integer",
    default: 100,
    minimum: 1,
    maximum: 100_000,
  },
  {
    name: "learningRate",
    label: "Learning rate",
    description: "Adam's learning rate, in tanh space.",
    kind: "number",
    default: 0.01,
    minimum: 1e-6,
    maximum: 10,
  },
  {
    name: "initialWeight",
    label: "First weight",
    description: "First weight to try for the logits against the squared change.",
    kind: "number",
    default: 0.1,
    minimum: 1e-9,
    maximum: 1e10,
  },
  {
    name: "searchSteps",
    label: "Search steps",
    description: "Number of weights to try.",
    kind: "integer",
    default: 5,
    minimum: 1,
    maximum: 50,
  },
] as const satisfies readonly ParameterSpec[];

type CarliniWagnerParameters = ParameterValues<typeof parameters>;

const defaults = resolveParameters(parameters, {});

export const carliniWagner: AttackDefinition = {
  kind: "attack",
  id: "carlini-wagner",
  label: "Carlini-Wagner L2",
  description: "Finds the smallest change in Euclidean length. The strongest of the four attacks, and the slowest.",
  parameters,
  presets: [
    { id: "quick", label: "Quick", description: "Five weights of 100 steps.", source: "this project", values: defaults },
    {
      id: "released-code",
      label: "Released code",
      description: "Nine weights of up to 10,000 steps.",
      source: "Carlini and Wagner 2017; the defaults of their l2_attack.py",
      values: { ...defaults, iterations: 10_000, initialWeight: 0.001, searchSteps: 9 },
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

/** Just inside the range, as atanh of 1 is infinite. */
const inside = 0.999999;
/** A search stops if a tenth of its steps reduced the loss by less than a ten-thousandth. */
const stallRatio = 0.9999;

interface Best extends AttackOutcome {
  readonly length: number;
}

function* attack(goal: AttackGoal, settings: CarliniWagnerParameters): AttackProcess<AttackOutcome> {
  let failing = 0;
  let succeeding = Number.POSITIVE_INFINITY;
  let weight = settings.initialWeight;
  let best: Best | null = null;
  let last: AttackOutcome | null = null;
  let steps = 0;
  for (let search = 0; search < settings.searchSteps; search++) {
    const found: SearchResult = yield* minimise(goal, settings, { weight, known: best, before: search * settings.iterations });
    steps += found.last.steps;
    best = found.best;
    last = found.last;
    if (found.success) succeeding = weight;
    else failing = weight;
    weight = succeeding === Number.POSITIVE_INFINITY ? weight * 10 : (failing + succeeding) / 2;
  }
  const { pixels, stored } = best ?? (last as AttackOutcome);
  return { pixels, stored, steps };
}

interface SearchResult {
  readonly best: Best | null;
  readonly last: AttackOutcome;
  readonly success: boolean;
}

function* minimise(
  goal: AttackGoal,
  settings: CarliniWagnerParameters,
  { weight, known, before }: { weight: number; known: Best | null; before: number },
): AttackProcess<SearchResult> {
  const { original } = goal;
  const { kappa, iterations } = settings;
  const variables = Float64Array.from(original, (value) => Math.atanh((value / 127.5 - 1) * inside));
  const adam = createAdam(variables.length, settings.learningRate);
  let best = known;
  let success = false;
  let pixels = Float32Array.from(original);
  let leader = leadingPair(goal, goal.before.logits);
  let reference = Number.POSITIVE_INFINITY;
  let steps = 0;
  for (let iteration = 0; iteration < iterations; iteration++) {
    goal.onIteration(before + iteration);
    const tanh = variables.map(Math.tanh);
    pixels = Float32Array.from(tanh, (value) => 127.5 * (value + 1));
    let evaluation = yield evaluationRequest(goal, pixels, { of: "logits", weights: leadWeights(goal, leader) });
    steps++;
    const actual = leadingPair(goal, evaluation.logits);
    if (actual.desired !== leader.desired || actual.rival !== leader.rival) {
      leader = actual;
      evaluation = yield evaluationRequest(goal, pixels, { of: "logits", weights: leadWeights(goal, leader) });
      steps++;
    }
    const lead = leadOf(goal, evaluation.logits);
    const change = Float64Array.from(pixels, (value, i) => (value - (original[i] as number)) / 255);
    const square = change.reduce((sum, value) => sum + value * value, 0);
    if (lead >= kappa && (best === null || Math.sqrt(square) * 255 < best.length * 1.05)) {
      const stored = storePixels(original, pixels, "l2", 0);
      const scores = yield evaluationRequest(goal, stored);
      const length = distancesBetween(original, stored).l2;
      const succeeded = isAdversarial(goal, scores.logits) && leadOf(goal, scores.logits) >= kappa;
      success ||= succeeded;
      if (succeeded && (best === null || length < best.length)) best = { pixels, stored, steps, length };
    } else if (lead >= kappa) success = true;
    const loss = square + weight * Math.max(-lead, -kappa);
    if (iteration > 0 && iteration % Math.max(1, Math.floor(iterations / 10)) === 0) {
      if (loss > reference * stallRatio && reference > 0) break;
      reference = loss;
    }
    const { gradient } = evaluation;
    adam(variables, (i) => {
      const t = tanh[i] as number;
      const slope = (2 * (change[i] as number)) / 255 - (lead < kappa ? weight * (gradient[i] as number) : 0);
      return slope * 127.5 * (1 - t * t);
    });
  }
  return { best, last: { pixels, stored: storePixels(original, pixels, "l2", 0), steps }, success };
}

interface LeadingPair {
  readonly desired: number;
  readonly rival: number;
}

/** The class that should lead, and its strongest rival. */
function leadingPair({ source, target }: AttackGoal, logits: Float32Array): LeadingPair {
  return target === null
    ? { desired: largestClass(logits, source), rival: source }
    : { desired: target, rival: largestClass(logits, target) };
}

function leadOf(goal: AttackGoal, logits: Float32Array): number {
  const { desired, rival } = leadingPair(goal, logits);
  return (logits[desired] as number) - (logits[rival] as number);
}

function leadWeights({ before }: AttackGoal, { desired, rival }: LeadingPair): Float32Array {
  const weights = new Float32Array(before.logits.length);
  weights[desired] = 1;
  weights[rival] = -1;
  return weights;
}

function createAdam(size: number, rate: number): (values: Float64Array, slopeAt: (index: number) => number) => void {
  const first = new Float64Array(size);
  const second = new Float64Array(size);
  let step = 0;
  return (values, slopeAt) => {
    step++;
    const firstBias = 1 - 0.9 ** step;
    const secondBias = 1 - 0.999 ** step;
    for (let i = 0; i < size; i++) {
      const slope = slopeAt(i);
      const m = 0.9 * (first[i] as number) + 0.1 * slope;
      const v = 0.999 * (second[i] as number) + 0.001 * slope * slope;
      first[i] = m;
      second[i] = v;
      values[i] = (values[i] as number) - (rate * (m / firstBias)) / (Math.sqrt(v / secondBias) + 1e-8);
    }
  };
}
