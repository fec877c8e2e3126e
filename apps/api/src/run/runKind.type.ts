/** A kind of run. */
import { Field, ObjectType } from "type-graphql";
import { Requires } from "../policy/requires.ts";

@Requires("run:read")
@ObjectType("RunKind", { description: "A kind of run." })
export class RunKindType {
  @Field(() => String, { description: "As `Run.kind` and `RunFilter.kind` have it." })
  readonly id!: string;

  @Field(() => String, { description: "For people." })
  readonly label!: string;

  @Field(() => String, { description: "What it does." })
  readonly description!: string;
}
