/**
 * Stops when a confidence sequence excludes a bound, such as chance, or is narrow enough. The interval keeps its coverage whenever the
 * study stops, even if the rule is checked after every vote.
 */
import { sequenceInterval } from "../intervals/confidenceSequence.ts";
import { atMostSpec, confidenceSpec, defineStoppingRule, minimumSpec, mostOf, within } from "./stoppingRule.ts";

export const sequentialBound = defineStoppingRule({
  id: "sequentialBound",
  label: "Confidence sequence",
  description: "Stops when an interval that is valid at every look excludes a bound or is narrow enough.",
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
      name: "width",
      label: "Width",
      description: "Width of the interval at which an undecided image stops, as a share; 0: only the bound counts.",
      default: 0,
      minimum: 0,
      maximum: 1,
    },
    confidenceSpec,
    minimumSpec,
    atMostSpec,
  ],
  readsAgreement: true,
  validUnderStopping: true,
  decide(values, { agreeing, votes }) {
    const interval = sequenceInterval(agreeing, votes, { confidence: values.confidence });
    const decided = interval.low > values.bound || interval.high < values.bound;
    return { stop: within(values, votes, decided || interval.high - interval.low <= values.width), interval };
  },
  most: mostOf,
  withMost: (values, atMost) => ({ ...values, atMost }),
});
