/** What a start would create. */
import { Field, Float, Int, ObjectType } from "type-graphql";
import { ParameterValuesScalar } from "../openValue/openValues.ts";
import { Requires } from "../policy/requires.ts";

@Requires("run:start")
@ObjectType("RunPlan", { description: "The run that a start would create." })
export class RunPlanType {
  @Field(() => String, { description: "ID of its kind; `runKinds` lists all kinds." })
  readonly kind!: string;

  @Field(() => String, { description: "ID of its encoding, ascent, attack or recipe." })
  readonly method!: string;

  @Field(() => String, { description: "ID of its preset." })
  readonly preset!: string;

  @Field(() => ParameterValuesScalar, { description: "The value of each parameter by name, with the preset and the defaults filled in." })
  readonly parameters!: unknown;

  @Field(() => Int, { description: "Seed of its random numbers." })
  readonly seed!: number;

  @Field(() => Float, { description: "Maximum number of evaluations." })
  readonly evaluations!: number;
}
