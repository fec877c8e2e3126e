/** The states of a run, and the requests that its worker carries out. */
import { runControls, runStates } from "@pareidolia/core/runState";
import { earlyStops } from "@pareidolia/core/sweep/sweepState";
import { registerEnumType } from "type-graphql";

export const RunStateEnum = Object.fromEntries(runStates.map((state) => [state, state]));

registerEnumType(RunStateEnum, {
  name: "RunState",
  description: "State of a run.",
  valuesConfig: {
    QUEUED: { description: "Waiting for a worker." },
    RUNNING: { description: "A worker is computing it." },
    PAUSED: {
      description: "Paused by a user until it is resumed, or by an outage until the outage ends (see `Run.outage`).",
    },
    SUCCEEDED: { description: "Completed." },
    FAILED: { description: "Stopped by an error that is likely to recur (see `Run.failure`). It can be resumed." },
    CANCELLED: { description: "Cancelled by a user." },
    CRASHED: { description: "Lost its worker too many times. It can be resumed." },
  },
});

export const RunControlEnum = Object.fromEntries(runControls.map((control) => [control, control]));

registerEnumType(RunControlEnum, {
  name: "RunControl",
  description: "A user's pending request to a running run. The run's worker carries it out at its next step, such as a generation.",
  valuesConfig: {
    NONE: { description: "No request." },
    PAUSE: { description: "Pause at a checkpoint." },
    CANCEL: { description: "Cancel the run." },
  },
});

export const EarlyStopEnum = Object.fromEntries(earlyStops.map((rule) => [rule, rule]));

registerEnumType(EarlyStopEnum, {
  name: "EarlyStop",
  description: "The rule that ended a run before the end of its plan.",
  valuesConfig: {
    PLATEAU: { description: "The search's median had not improved for the rule's number of generations." },
    MEDIAN: { description: "The best median of the search was below the median of the sweep's ended runs." },
    HALVING: { description: "Other points of the sweep were better at a rung of successive halving." },
  },
});
