/** Kinds of runs. */
import { Field, ObjectType } from "type-graphql";
import { Requires } from "../policy/requires.ts";

@Requires("run:read")
@ObjectType("RunKind", { description: "A kind of run." })
export class RunKindType {
  @Field(() => String, { description: "ID of the kind, as in `Run.kind` and the search language." })
  readonly id!: string;

  @Field(() => String, { description: "Display name." })
  readonly label!: string;

  @Field(() => String, { description: "What runs of this kind do." })
  readonly description!: string;
}
