/** What the perturbation experiment runs: each attack with its bounds, on digits and on photographs, by budget. */
import type { Norm } from "@pareidolia/ascent/perturbation/attack";
import type { Bar } from "../report.ts";
import type { Budget } from "./experiment.ts";

export interface PlannedAttack {
  readonly id: string;
  readonly attack: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly norm: Norm;
  /** Ascending, in grey levels. */
  readonly bounds: readonly number[];
  /** Success is judged at this one of them. */
  readonly judgedAt: number;
  /** On the share of the cases. */
  readonly bar: Bar;
}

/** Digits are two colours, so changes that a person would overlook are larger than on photographs. */
export function digitPlan(budget: Budget): readonly PlannedAttack[] {
  const bounds = [8, 16, 32, 48, 64];
  const lengths = [200, 400, 600, 800, 1000];
  const iterations = budget === "quick" ? 60 : 100;
  return plan({ bounds, judgedAt: 64, lengths, judgedLength: 800, iterations, learningRate: 0.1 }, budget);
}

export function photoPlan(budget: Budget): readonly PlannedAttack[] {
  const lengths = [100, 200, 400, 800];
  const iterations = budget === "quick" ? 30 : 100;
  return plan({ bounds: [1, 2, 4], judgedAt: 2, lengths, judgedLength: 800, iterations, learningRate: 0.01 }, budget);
}

interface Scales {
  readonly bounds: readonly number[];
  readonly judgedAt: number;
  readonly lengths: readonly number[];
  readonly judgedLength: number;
  /** Of each weight that L-BFGS (half as many) and Carlini-Wagner try. */
  readonly iterations: number;
  /** Of Carlini-Wagner: black and white lie far out in the space of its tanh, so digits need larger steps than photographs. */
  readonly learningRate: number;
}

function plan(scales: Scales, budget: Budget): readonly PlannedAttack[] {
  const { bounds, judgedAt, lengths, judgedLength, iterations, learningRate } = scales;
  const searchSteps = budget === "quick" ? 3 : 8;
  const most: Bar = { atLeast: 0.9 };
  const within = { norm: "linf", bounds, judgedAt } as const;
  const along = { norm: "l2", bounds: lengths, judgedAt: judgedLength } as const;
  return [
    // One step along the sign rarely reaches a given class; that it does not always is what is held against it.
    { id: "fgsm", attack: "fgsm", parameters: {}, ...within, bar: { below: 1 } },
    { id: "pgd", attack: "pgd", parameters: { steps: 40 }, ...within, bar: most },
    { id: "pgd-l2", attack: "pgd", parameters: { norm: "l2", steps: 40 }, ...along, bar: most },
    { id: "lbfgs", attack: "lbfgs", parameters: { iterations: Math.round(iterations / 2), searchSteps }, ...along, bar: most },
    {
      id: "carlini-wagner",
      attack: "carlini-wagner",
      parameters: { iterations, searchSteps, initialWeight: 1, learningRate },
      ...along,
      bar: most,
    },
  ];
}
