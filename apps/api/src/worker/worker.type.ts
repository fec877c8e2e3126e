/** A process that computes runs, analyses and model checks. */
import { Field, ObjectType } from "type-graphql";
import { NodeInterface } from "../node/node.type.ts";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";

@Requires("worker:read")
@ObjectType("Worker", { implements: NodeInterface, description: "A process that computes runs, analyses and model checks." })
export class WorkerType extends NodeInterface {
  @Field(() => String, { description: "Name of the machine that the worker runs on." })
  readonly host!: string;

  @Field(() => String, { description: "Engine that runs the models. Includes version and device once the worker has opened a model." })
  readonly engine!: string;

  @Field(() => DateTimeScalar, { description: "When the worker started." })
  readonly startedAt!: Date;

  @Field(() => DateTimeScalar, { description: "When the worker last sent a heartbeat." })
  readonly heartbeatAt!: Date;

  @Field(() => Boolean, { description: "Whether the worker sent a heartbeat within the last 15 seconds." })
  readonly alive!: boolean;
}
