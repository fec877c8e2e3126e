/** A line of a run's log: what a subscriber hears, live or again. */
import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { connectionTypesOf } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";

export const RunEventKind = { STATE: "STATE", CHECKPOINT: "CHECKPOINT", PROGRESS: "PROGRESS" } as const;

registerEnumType(RunEventKind, {
  name: "RunEventKind",
  description: "What happened to a run.",
  valuesConfig: {
    STATE: { description: "It stepped from one state to another." },
    CHECKPOINT: { description: "Generations and the niches that changed hands were stored." },
    PROGRESS: { description: "Trajectories, perturbations or a chain's links were stored or moved on, or it came further within one." },
  },
});

@Requires("run:read")
@ObjectType("RunEvent", { description: "Something that happened to a run. Its log is numbered without gaps." })
export class RunEventType {
  @Field(() => Int, {
    description:
      "Its number in the run's log, from 1: give the last that you saw as `since`. One that says only that the run came further is in no log: a subscription tells it once, under the number of the last event before it.",
  })
  readonly seq!: number;

  @Field(() => RunEventKind, { description: "What happened." })
  readonly kind!: string;

  @Field(() => DateTimeScalar, { description: "When." })
  readonly createdAt!: Date;
}

export const runEventConnection = connectionTypesOf({ noun: "RunEvent", plural: "events", node: RunEventType, action: "run:read" });
