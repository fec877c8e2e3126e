/** The rungs of a sweep with successive halving. */
import { Field, Float, Int, ObjectType } from "type-graphql";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";

@Requires("sweep:read")
@ObjectType("Halving", { description: "Successive halving (Jamieson & Talwalkar 2016) of a sweep." })
export class HalvingType {
  @Field(() => Float, { description: "The first rung: a generation of evolutions, a number of evaluations of ascents and perturbations." })
  readonly minimum!: number;

  @Field(() => Int, { description: "One of this many points continues, and each rung is this many times further than the one before." })
  readonly eta!: number;

  @Field(() => String, { description: "What the rungs count: generations or evaluations." })
  readonly unit!: string;
}

@Requires("sweep:read")
@ObjectType("SweepRungPoint", { description: "A point of a sweep at a rung that is decided." })
export class SweepRungPointType {
  @Field(() => Int, { description: "Index of the point." })
  readonly point!: number;

  @Field(() => Float, { nullable: true, description: "Median over its runs there, in nines; null if none of them reached it." })
  readonly nines!: number | null;

  @Field(() => Int, { description: "Runs with a result there." })
  readonly runs!: number;

  @Field(() => Int, { description: "Its place, from 1, the best." })
  readonly rank!: number;

  @Field(() => Boolean, { description: "Whether it continues." })
  readonly kept!: boolean;
}

@Requires("sweep:read")
@ObjectType("SweepRung", { description: "A rung of successive halving. It is decided when all its runs have reached it or ended." })
export class SweepRungType {
  @Field(() => Int, { description: "Its number, from 1." })
  readonly number!: number;

  @Field(() => Float, { description: "The generation, or the number of evaluations, at which runs are compared." })
  readonly at!: number;

  @Field(() => Int, { description: "Points that enter it." })
  readonly entered!: number;

  @Field(() => Int, { description: "Points that continue after it; until it is decided, those that will." })
  readonly kept!: number;

  @Field(() => Int, { description: "Runs that have reached it." })
  readonly reached!: number;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it was decided; null until then." })
  readonly decidedAt!: Date | null;

  @Field(() => [SweepRungPointType], { description: "Its points, the best first; none until it is decided." })
  readonly points!: readonly SweepRungPointType[];
}

@Requires("sweep:start")
@ObjectType("PlannedRung", { description: "A rung of a sweep that is not started yet." })
export class PlannedRungType {
  @Field(() => Float, {
    description: "The generation, or the number of evaluations, at which runs are compared; the last one is the end of the plan.",
  })
  readonly at!: number;

  @Field(() => Int, { description: "Points that run up to there." })
  readonly points!: number;
}
