/** Stops when the interval for the image's agreement is narrow enough: many votes where people are divided, few where they agree. */
import { wilsonInterval } from "@pareidolia/analysis/wilson";
import { betaInterval } from "../intervals/betaInterval.ts";
import { atMostSpec, confidenceSpec, defineStoppingRule, minimumSpec, mostOf, within } from "./stoppingRule.ts";

export const intervalWidth = defineStoppingRule({
  id: "intervalWidth",
  label: "Width of the interval",
  description: "Stops when the interval for the agreement is narrow enough.",
  parameters: [
    {
      kind: "choice",
      name: "interval",
      label: "Interval",
      description: "Wilson's interval, or that of the posterior with Jeffreys' prior.",
      default: "wilson",
      choices: ["wilson", "beta"],
    },
    {
      kind: "number",
      name: "width",
      label: "Width",
      description: "Width of the interval, as a share.",
      default: 0.2,
      minimum: 0.001,
      maximum: 1,
    },
    confidenceSpec,
    minimumSpec,
    atMostSpec,
  ],
  readsAgreement: true,
  validUnderStopping: false,
  decide(values, { agreeing, votes }) {
    if (votes === 0) return { stop: false, interval: null };
    const { confidence } = values;
    const interval =
      values.interval === "wilson" ? wilsonInterval(agreeing, votes, confidence) : betaInterval(agreeing, votes, { confidence });
    return { stop: within(values, votes, interval.high - interval.low <= values.width), interval };
  },
  most: mostOf,
  withMost: (values, atMost) => ({ ...values, atMost }),
});
