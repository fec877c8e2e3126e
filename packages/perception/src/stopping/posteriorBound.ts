/**
 * Stops when the posterior is certain enough on which side of a bound the agreement is. The posterior probability is right on average over
 * the prior, but carries no guarantee for a single share under repeated looks. The confidence sequence has that guarantee.
 */

import { incompleteBeta } from "@pareidolia/analysis/numbers/incompleteBeta";
import { betaInterval } from "../intervals/betaInterval.ts";
import { atMostSpec, defineStoppingRule, minimumSpec, mostOf, within } from "./stoppingRule.ts";

const priorSpec = { kind: "number", default: 1, minimum: 0.01, maximum: 1000 } as const;

export const posteriorBound = defineStoppingRule({
  id: "posteriorBound",
  label: "Posterior beyond a bound",
  description: "Stops when the agreement is above or below a bound with enough posterior probability.",
  parameters: [
    {
      kind: "number",
      name: "bound",
      label: "Bound",
      description: "Agreement to decide about, such as chance.",
      default: 0.5,
      minimum: 0.001,
      maximum: 0.999,
    },
    {
      kind: "number",
      name: "probability",
      label: "Probability",
      description: "Posterior probability of one side at which an image stops.",
      default: 0.95,
      minimum: 0.5,
      maximum: 0.9999,
    },
    { ...priorSpec, name: "priorAgree", label: "Prior, agreeing", description: "First parameter of the Beta prior." },
    { ...priorSpec, name: "priorDisagree", label: "Prior, disagreeing", description: "Second parameter of the Beta prior." },
    minimumSpec,
    atMostSpec,
  ],
  readsAgreement: true,
  validUnderStopping: false,
  decide(values, { agreeing, votes }) {
    const prior = { a: values.priorAgree, b: values.priorDisagree };
    const below = incompleteBeta(values.bound, prior.a + agreeing, prior.b + votes - agreeing);
    const interval = betaInterval(agreeing, votes, { confidence: values.probability, prior });
    return { stop: within(values, votes, Math.max(below, 1 - below) >= values.probability), interval };
  },
  most: mostOf,
  withMost: (values, atMost) => ({ ...values, atMost }),
});
