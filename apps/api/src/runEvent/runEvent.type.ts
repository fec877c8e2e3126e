/** An event of a run: an entry of its log, sent to subscribers live or as a replay. */
import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { connectionTypesOf } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";
import { RunStateEnum } from "../run/runState.type.ts";
import { DateTimeScalar } from "../scalars.ts";

export const RunEventKind = { STATE: "STATE", CHECKPOINT: "CHECKPOINT", PROGRESS: "PROGRESS" } as const;

registerEnumType(RunEventKind, {
  name: "RunEventKind",
  description: "Kind of an event of a run.",
  valuesConfig: {
    STATE: { description: "The run changed its state." },
    CHECKPOINT: { description: "A checkpoint stored generations, and the elites that took niches in them." },
    PROGRESS: {
      description: "Trajectories, perturbations or links of a chain were stored or updated, or the run progressed within one of them.",
    },
  },
});

@Requires("runEvent:read")
@ObjectType("RunEvent", { description: "An event of a run. The events in its log are numbered consecutively." })
export class RunEventType {
  @Field(() => Int, {
    description:
      "Number of the event in the run's log, starting at 1. To resume a subscription, pass the last number received as `since`. " +
      "Events that only report progress are not logged: a subscription sends them once, with the number of the last logged event.",
  })
  readonly seq!: number;

  @Field(() => RunEventKind, { description: "Kind of the event." })
  readonly kind!: string;

  @Field(() => DateTimeScalar, { description: "When the event occurred." })
  readonly createdAt!: Date;
}

@Requires("runEvent:read")
@ObjectType("StateChange", { description: "A change of a run's state." })
export class StateChangeType {
  @Field(() => RunStateEnum, { nullable: true, description: "State before the change; null for a new run." })
  readonly from!: string | null;

  @Field(() => RunStateEnum, { description: "State after the change." })
  readonly to!: string;

  @Field(() => String, { description: "What changed it, as a sentence." })
  readonly reason!: string;
}

export const runEventConnection = connectionTypesOf({ noun: "RunEvent", plural: "events", node: RunEventType, action: "runEvent:read" });
