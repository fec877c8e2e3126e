/** What a run holds, and so what is lost when it is deleted. */
import { Field, ID, Int, ObjectType } from "type-graphql";
import { payloadOf } from "../errors/payload.ts";
import { Requires } from "../policy/requires.ts";

@Requires("run:read")
@ObjectType("RunContents", { description: "How much a run has stored: what is lost when it is deleted." })
export class RunContentsType {
  @Field(() => Int, { description: "Elites, including those that were replaced." })
  readonly elites!: number;

  @Field(() => Int, { description: "Trajectories of an ascent." })
  readonly trajectories!: number;

  @Field(() => Int, { description: "Results of an attack." })
  readonly perturbations!: number;

  @Field(() => Int, { description: "Links of a chain. The networks that they trained are kept as models." })
  readonly links!: number;

  @Field(() => Int, { description: "Analyses of the run or of its elites." })
  readonly analyses!: number;
}

@Requires("run:delete")
@ObjectType("DeleteRunSuccess", { description: "The run is deleted." })
export class DeleteRunSuccess {
  @Field(() => ID, { description: "The ID of the deleted run." })
  readonly deletedId!: string;

  @Field(() => RunContentsType, { description: "What was deleted with it." })
  readonly deleted!: RunContentsType;
}

export const DeleteRunPayload = payloadOf({
  name: "DeleteRunPayload",
  description: "What `deleteRun` answers.",
  success: DeleteRunSuccess,
  missing: true,
});
