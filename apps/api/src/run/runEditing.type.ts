/** Payloads of the mutations that rename and annotate a run. */
import { Field, ObjectType } from "type-graphql";
import { payloadOf } from "../errors/payload.ts";
import { Requires } from "../policy/requires.ts";
import { RunType } from "./run.type.ts";

@Requires("run:rename")
@ObjectType("RenameRunSuccess", { description: "The run has the new name." })
export class RenameRunSuccess {
  @Field(() => RunType, { description: "The renamed run." })
  readonly run!: unknown;
}

@Requires("run:update")
@ObjectType("UpdateRunSuccess", { description: "The run is changed as requested." })
export class UpdateRunSuccess {
  @Field(() => RunType, { description: "The changed run." })
  readonly run!: unknown;
}

export const RenameRunPayload = payloadOf({
  name: "RenameRunPayload",
  description: "Result of `renameRun`.",
  success: RenameRunSuccess,
  missing: true,
});

export const UpdateRunPayload = payloadOf({
  name: "UpdateRunPayload",
  description: "Result of `updateRun`.",
  success: UpdateRunSuccess,
  missing: true,
});
