/** The last clean-up of one kind of unused data. */
import { Field, Float, Int, ObjectType } from "type-graphql";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";

@Requires("store:read")
@ObjectType("CleanUp", { description: "The last clean-up of one kind of unused data. Workers clean up every hour." })
export class CleanUpType {
  @Field(() => String, { description: 'ID of the kind of data, such as "uploads" or "objects".' })
  readonly kind!: string;

  @Field(() => String, { description: "Display name of the kind of data, such as Uploads." })
  readonly title!: string;

  @Field(() => Int, { description: "Grace period: how long unused data is kept, in seconds." })
  readonly graceSeconds!: number;

  @Field(() => DateTimeScalar, { description: "When the last clean-up ended." })
  readonly cleanedAt!: Date;

  @Field(() => String, { nullable: true, description: "Why the last clean-up failed, as a sentence; null if it succeeded." })
  readonly failure!: string | null;

  @Field(() => Int, { description: "Number of rows or objects removed by the last clean-up that removed any." })
  readonly removedCount!: number;

  @Field(() => Float, { description: "Total size of the removed rows or objects, in bytes." })
  readonly removedBytes!: number;

  @Field(() => DateTimeScalar, { nullable: true, description: "When they were removed; null if nothing has been removed yet." })
  readonly removedAt!: Date | null;

  @Field(() => Int, { description: "Number of unused rows or objects still within the grace period." })
  readonly waitingCount!: number;

  @Field(() => Float, { description: "Total size of the unused rows or objects within the grace period, in bytes." })
  readonly waitingBytes!: number;
}
