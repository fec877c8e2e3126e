/** The last clean-up of one kind of unused data. */
import { Field, Float, Int, ObjectType } from "type-graphql";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";

@Requires("store:read")
@ObjectType("Sweep", { description: "The last clean-up of one kind of unused data. Workers clean up every hour." })
export class SweepType {
  @Field(() => String, { description: 'Its kind, such as "uploads" or "objects".' })
  readonly kind!: string;

  @Field(() => String, { description: "Display name, such as Uploads." })
  readonly title!: string;

  @Field(() => Int, { description: "How long unused data is kept, in seconds." })
  readonly graceSeconds!: number;

  @Field(() => DateTimeScalar, { description: "When the last clean-up ended." })
  readonly sweptAt!: Date;

  @Field(() => String, { nullable: true, description: "Why the last clean-up failed, as a sentence; null when it succeeded." })
  readonly failure!: string | null;

  @Field(() => Int, { description: "Number of rows or objects removed by the last clean-up that removed any." })
  readonly removedCount!: number;

  @Field(() => Float, { description: "Their size in bytes." })
  readonly removedBytes!: number;

  @Field(() => DateTimeScalar, { nullable: true, description: "When they were removed; null when nothing has been removed yet." })
  readonly removedAt!: Date | null;

  @Field(() => Int, { description: "Number of unused rows or objects still within the grace period." })
  readonly waitingCount!: number;

  @Field(() => Float, { description: "Their size in bytes." })
  readonly waitingBytes!: number;
}
