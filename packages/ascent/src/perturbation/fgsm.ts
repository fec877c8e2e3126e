/** The fast gradient sign method (Goodfellow, Shlens and Szegedy 2015): one step along the gradient's sign, as long as the bound. */
import { resolveParameters } from "@pareidolia/core/parameterSpec";
import type { AttackDefinition } from "./attack.ts";
import { epsilonParameter } from "./boundParameters.ts";
import { evaluationRequest, objectiveWeights } from "./objective.ts";
import { storePixels } from "./storedPixels.ts";

const parameters = [epsilonParameter(2)] as const;

export const fgsm: AttackDefinition = {
  kind: "attack",
  id: "fgsm",
  label: "FGSM",
  description: "One step along the gradient's sign, as long as the bound. Fast, but weak at reaching a target.",
  parameters,
  presets: [
    { id: "faint", label: "Faint", description: "Two grey levels.", source: "this project", values: { epsilon: 2 } },
    {
      id: "paper-mnist",
      label: "Paper, MNIST",
      description: "A quarter of the range.",
      source: "Goodfellow, Shlens and Szegedy 2015, section 4",
      values: { epsilon: 63.75 },
    },
  ],
  isBounded: true,
  iterationsOf: () => 1,
  norm: "linf",
  create(given) {
    const { epsilon } = resolveParameters(parameters, given);
    return function* attack(goal) {
      const { original } = goal;
      const { gradient } = yield evaluationRequest(goal, original, { of: "log-probabilities", weights: objectiveWeights(goal) });
      const pixels = Float32Array.from(original, (value, i) =>
        Math.max(0, Math.min(255, value + epsilon * Math.sign(gradient[i] as number))),
      );
      return { pixels, stored: storePixels(original, pixels, "linf", epsilon), steps: 1 };
    };
  },
};
