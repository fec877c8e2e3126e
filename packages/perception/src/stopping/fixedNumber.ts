/** Every image gets the same number of votes, fixed beforehand: the design of every published study, and the simplest to interpret. */
import { defineStoppingRule } from "./stoppingRule.ts";

export const fixedNumber = defineStoppingRule({
  id: "fixedNumber",
  label: "Number of votes",
  description: "Stops at a fixed number of votes.",
  parameters: [
    {
      kind: "integer",
      name: "votes",
      label: "Votes",
      description: "Number of votes for each image.",
      default: 20,
      minimum: 1,
      maximum: 100_000,
    },
  ],
  readsAgreement: false,
  validUnderStopping: true,
  decide: ({ votes: wanted }, { votes }) => ({ stop: votes >= wanted, interval: null }),
  most: ({ votes }) => votes,
  withMost: (_values, votes) => ({ votes }),
});
