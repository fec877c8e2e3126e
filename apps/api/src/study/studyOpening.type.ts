/** What opening a draft would do: its problems, warnings, plan and forecast. */
import { Field, Float, Int, ObjectType } from "type-graphql";
import { Requires } from "../policy/requires.ts";

@Requires("study:inspect")
@ObjectType("StudyPlanProblem", { description: "Something that a draft lacks or that its rules contradict." })
export class StudyPlanProblemType {
  @Field(() => String, { description: "The reason, and what to do." })
  readonly message!: string;

  @Field(() => String, { description: "The field to change, such as `rules.exclusion.goldHits`; empty if no single field is at fault." })
  readonly field!: string;
}

@Requires("study:inspect")
@ObjectType("StudyCountedShares", {
  description: "Shares of simulated voters whose votes would count as planned, from 0 to 1.",
})
export class StudyCountedSharesType {
  @Field(() => Float, { description: "Of voters who make no mistake." })
  readonly perfect!: number;

  @Field(() => Float, { description: "Of attentive voters, who err now and then." })
  readonly typical!: number;

  @Field(() => Float, { description: "Of voters who guess every answer, fast." })
  readonly guessing!: number;
}

@Requires("study:inspect")
@ObjectType("StudyForecast", { description: "What a plan would cost, and whom it would count." })
export class StudyForecastType {
  @Field(() => Int, { description: "Number of voters until every image has its votes, if none stops earlier." })
  readonly voters!: number;

  @Field(() => Int, { description: "Number of these voters whose votes count as planned, if all of them are typical." })
  readonly expected!: number;

  @Field(() => Int, { description: "Number of trials of a voter, checks included." })
  readonly trials!: number;

  @Field(() => Int, { description: "Whole minutes that a voter takes." })
  readonly minutes!: number;

  @Field(() => StudyCountedSharesType, { description: "Shares of simulated voters whose votes count." })
  readonly counted!: StudyCountedSharesType;
}

@Requires("study:inspect")
@ObjectType("StudyOpening", { description: "What opening a draft would do." })
export class StudyOpeningType {
  @Field(() => [StudyPlanProblemType], { description: "Everything that keeps the draft from opening." })
  readonly problems!: readonly StudyPlanProblemType[];

  @Field(() => [StudyPlanProblemType], { description: "Rules that many attentive voters would fail. They do not keep it from opening." })
  readonly warnings!: readonly StudyPlanProblemType[];

  @Field(() => String, { nullable: true, description: "SHA-256 of the plan that would be locked; null with problems." })
  readonly planHash!: string | null;

  @Field(() => StudyForecastType, { nullable: true, description: "Forecast by simulated voters; null with problems." })
  readonly forecast!: StudyForecastType | null;
}
