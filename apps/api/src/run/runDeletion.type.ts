/** The contents of a run and the payload of `deleteRun`. */
import { Field, ID, Int, ObjectType } from "type-graphql";
import { payloadOf } from "../errors/payload.ts";
import { Requires } from "../policy/requires.ts";

@Requires("run:read")
@ObjectType("RunContents", { description: "Numbers of items that a run has stored and that are deleted with it." })
export class RunContentsType {
  @Field(() => Int, { description: "Number of elites, including replaced ones." })
  readonly elites!: number;

  @Field(() => Int, { description: "Number of trajectories; 0 unless the run is an ascent." })
  readonly trajectories!: number;

  @Field(() => Int, { description: "Number of perturbations; 0 unless the run is an attack." })
  readonly perturbations!: number;

  @Field(() => Int, { description: "Number of links of a retraining chain. The networks that it trained are kept as models." })
  readonly links!: number;

  @Field(() => Int, { description: "Number of analyses of the run or of its elites." })
  readonly analyses!: number;
}

@Requires("run:delete")
@ObjectType("DeleteRunSuccess", { description: "The run is deleted." })
export class DeleteRunSuccess {
  @Field(() => ID, { description: "ID of the deleted run." })
  readonly deletedId!: string;

  @Field(() => RunContentsType, { description: "Numbers of items deleted with the run." })
  readonly deleted!: RunContentsType;
}

export const DeleteRunPayload = payloadOf({
  name: "DeleteRunPayload",
  description: "Result of `deleteRun`.",
  success: DeleteRunSuccess,
  missing: true,
});
