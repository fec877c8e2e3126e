/** A process that executes runs. */
import { Field, ObjectType } from "type-graphql";
import { NodeInterface } from "../node/node.type.ts";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";

@Requires("worker:read")
@ObjectType("Worker", { implements: NodeInterface, description: "A process that executes runs." })
export class WorkerType extends NodeInterface {
  @Field(() => String, { description: "The machine it runs on." })
  readonly host!: string;

  @Field(() => String, { description: "The engine that runs its models, with version and device once it has opened one." })
  readonly engine!: string;

  @Field(() => DateTimeScalar, { description: "When it started." })
  readonly startedAt!: Date;

  @Field(() => DateTimeScalar, { description: "When it last reported." })
  readonly heartbeatAt!: Date;

  @Field(() => Boolean, { description: "Whether it reported within the last 15 seconds." })
  readonly alive!: boolean;
}
