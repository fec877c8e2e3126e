/** The states of a run, and what may be asked of one that a worker holds. */
import { runControls, runStates } from "@pareidolia/core/runState";
import { registerEnumType } from "type-graphql";

export const RunStateEnum = Object.fromEntries(runStates.map((state) => [state, state]));

registerEnumType(RunStateEnum, {
  name: "RunState",
  description: "Where a run stands.",
  valuesConfig: {
    QUEUED: { description: "Waits for a worker." },
    RUNNING: { description: "A worker holds it." },
    PAUSED: {
      description: "Stopped at a checkpoint: by a person until it is resumed, or by an outage until the outage ends (see `outage`).",
    },
    SUCCEEDED: { description: "All generations are done." },
    FAILED: { description: "Ended by an error that trying again would repeat; `failure` says which." },
    CANCELLED: { description: "Ended by a person." },
    CRASHED: { description: "Its workers were lost too often; can be resumed." },
  },
});

export const RunControlEnum = Object.fromEntries(runControls.map((control) => [control, control]));

registerEnumType(RunControlEnum, {
  name: "RunControl",
  description: "What a person has asked of a running run; its worker honours it at the next generation.",
  valuesConfig: {
    NONE: { description: "Nothing." },
    PAUSE: { description: "To stop at a checkpoint." },
    CANCEL: { description: "To end." },
  },
});
