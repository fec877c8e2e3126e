/** The states and outcomes of norming rooms as GraphQL enums. */
import { normingOutcomes, normingStates } from "@pareidolia/core/normingState";
import { registerEnumType } from "type-graphql";

export const NormingStateEnum = Object.fromEntries(normingStates.map((state) => [state, state]));

registerEnumType(NormingStateEnum, {
  name: "NormingState",
  description: "State of an image in a norming room.",
  valuesConfig: {
    BLIND: { description: "Members vote. Each sees only their own vote." },
    REVEALED: { description: "All blind votes and the machine's label are shown, and members discuss them." },
    VOTING_AGAIN: { description: "Members who voted blind vote again." },
    DECIDED: { description: "An adjudicator who did not vote on it has decided." },
  },
});

export const NormingOutcomeEnum = Object.fromEntries(normingOutcomes.map((outcome) => [outcome, outcome]));

registerEnumType(NormingOutcomeEnum, {
  name: "NormingOutcome",
  description: "The decision on a disputed image.",
  valuesConfig: {
    CLASS: { description: "It shows a class." },
    NOTHING: { description: "It shows nothing that people recognise." },
    DISPUTED: { description: "It stays disputed." },
  },
});
