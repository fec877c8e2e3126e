/** What operations cost, and what is left to spend on them. */
import { Field, Float, Int, ObjectType } from "type-graphql";
import { everySender, Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";

@Requires(everySender)
@ObjectType("RateLimit", {
  description:
    "What you may spend on operations. Each user, API key and network of visitors has a bucket: an operation adds its cost, and the bucket drains at a constant rate.",
})
export class RateLimitType {
  @Field(() => Int, { description: "Cost of this operation, from its document and variables. See `queryCost`." })
  readonly cost!: number;

  @Field(() => Int, { nullable: true, description: "Cost that an empty bucket holds; null without a limit, as for a single user." })
  readonly limit!: number | null;

  @Field(() => Int, { nullable: true, description: "Cost that still fits into the bucket, after this operation; null without a limit." })
  readonly remaining!: number | null;

  @Field(() => Float, { nullable: true, description: "Cost that drains in a second; null without a limit." })
  readonly drainPerSecond!: number | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "When the bucket is empty if you send nothing else; null without a limit.",
  })
  readonly resetAt!: Date | null;
}

@Requires(everySender)
@ObjectType("CostliestList", { description: "The list whose rows make an operation expensive." })
export class CostliestListType {
  @Field(() => String, { description: "Names of fields, or their aliases, from the root, separated by dots." })
  readonly path!: string;

  @Field(() => Int, {
    nullable: true,
    description: "The largest `first` of this list with which the operation stays within `maximum`; null if even 1 is too many.",
  })
  readonly first!: number | null;
}

@Requires(everySender)
@ObjectType("QueryCost", { description: "What an operation would cost. It is measured and not executed." })
export class QueryCostType {
  @Field(() => Int, {
    description:
      "Upper bound of the values in the response, with every list as long as its `first` allows, and surcharges for fields that read or compute more than their values.",
  })
  readonly cost!: number;

  @Field(() => Int, { description: "The largest cost of one operation." })
  readonly maximum!: number;

  @Field(() => Int, { description: "Number of levels of fields." })
  readonly depth!: number;

  @Field(() => Int, { description: "The largest number of levels." })
  readonly maximumDepth!: number;

  @Field(() => Int, { description: "Number of aliases." })
  readonly aliases!: number;

  @Field(() => Int, { description: "The largest number of aliases." })
  readonly maximumAliases!: number;

  @Field(() => CostliestListType, { nullable: true, description: "Null for an operation without lists." })
  readonly costliest!: CostliestListType | null;
}
