/** A kind of run. */
import { Field, ObjectType } from "type-graphql";

@ObjectType("RunKind", { description: "A kind of run." })
export class RunKindType {
  @Field(() => String, { description: "As `Run.kind` and `RunFilter.kind` have it." })
  readonly id!: string;

  @Field(() => String, { description: "For people." })
  readonly label!: string;

  @Field(() => String, { description: "What it does." })
  readonly description!: string;
}
