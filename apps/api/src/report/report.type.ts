/** A report on the paper's claims. */
import { type Verdict, verdictMeanings, verdicts } from "@pareidolia/core/verdicts";
import { Field, Float, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { connectionTypesOf } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";

/** GraphQL's names of the verdicts, such as NOT_COMPARABLE for "not comparable". */
export const VerdictEnum = Object.fromEntries(verdicts.map((verdict) => [nameOf(verdict), verdict]));

function nameOf(verdict: Verdict): string {
  return verdict.toUpperCase().replaceAll(" ", "_");
}

registerEnumType(VerdictEnum, {
  name: "Verdict",
  description: "What the measurements say about a claim of the paper, by one rule for all claims.",
  valuesConfig: Object.fromEntries(verdicts.map((verdict) => [nameOf(verdict), { description: verdictMeanings[verdict] }])),
});

@Requires("report:read")
@ObjectType("ReportRow", { description: "A measured figure, with the bar that it has to meet." })
export class ReportRowType {
  @Field(() => String, {
    description: "ID of the row: experiment, network, condition and figure, such as `mnist-direct.lenet.paper.median@50`.",
  })
  readonly id!: string;

  @Field(() => String, { description: "The measured quantity, in words." })
  readonly what!: string;

  @Field(() => Float, { nullable: true, description: "The measured value; null if it was not measured." })
  readonly figure!: number | null;

  @Field(() => String, { description: "The bar, such as `>= 0.995`; `none` if there is no bar." })
  readonly bar!: string;

  @Field(() => String, { description: "Seeds, counts and intervals behind the figure, as text." })
  readonly detail!: string;

  @Field(() => Boolean, { description: "Whether the figure meets its bar." })
  readonly holds!: boolean;

  @Field(() => Boolean, {
    description: "True for a finding about networks; false for a gate, which checks that the measuring code is correct.",
  })
  readonly isFinding!: boolean;
}

@Requires("report:read")
@ObjectType("ReportSeries", { description: "A line of a chart." })
export class ReportSeriesType {
  @Field(() => String, { description: "Name of the line, for the legend." })
  readonly name!: string;

  @Field(() => [[Float]], { description: "Points of the line, as pairs [x, y]." })
  readonly points!: readonly (readonly [number, number])[];
}

@Requires("report:read")
@ObjectType("ReportCurves", { description: "A chart of a report." })
export class ReportCurvesType {
  @Field(() => String, { description: "Title of the chart." })
  readonly title!: string;

  @Field(() => String, { description: "Caption: what the chart shows, and how it was measured." })
  readonly caption!: string;

  @Field(() => String, { description: "Label of the x axis." })
  readonly x!: string;

  @Field(() => String, { description: "Label of the y axis." })
  readonly y!: string;

  @Field(() => [ReportSeriesType], { description: "Lines of the chart." })
  readonly series!: readonly ReportSeriesType[];
}

@Requires("report:read")
@ObjectType("ReportExperiment", { description: "An experiment of a report, with all its measurements." })
export class ReportExperimentType {
  @Field(() => String, { description: "Name of the experiment, as in `npm run repro -- NAME`." })
  readonly id!: string;

  @Field(() => String, { description: "What the experiment does." })
  readonly description!: string;

  @Field(() => Float, { description: "Wall-clock time, in seconds." })
  readonly seconds!: number;

  @Field(() => Float, { description: "CPU time over all threads, in seconds." })
  readonly coreSeconds!: number;

  @Field(() => String, { nullable: true, description: "Why the experiment has no result; null if it has one." })
  readonly failure!: string | null;

  @Field(() => [ReportRowType], { description: "Measured figures with their bars." })
  readonly rows!: readonly ReportRowType[];

  @Field(() => [String], { description: "Column names of `lines`." })
  readonly head!: readonly string[];

  @Field(() => [[String]], { description: "All measurements: one row of cells per measurement, with the columns of `head`." })
  readonly lines!: readonly (readonly string[])[];

  @Field(() => [ReportCurvesType], { description: "Charts of the experiment." })
  readonly curves!: readonly ReportCurvesType[];
}

@Requires("report:read")
@ObjectType("ReportClaim", { description: "A claim of the paper, with the paper's figure, ours, and a verdict." })
export class ReportClaimType {
  @Field(() => String, {
    description:
      "R0 for the abstract, R1 to R11 for the sections, with a letter (such as R1a) if a part of the claim is judged separately.",
  })
  readonly id!: string;

  @Field(() => String, { description: "The claim, as a sentence." })
  readonly statement!: string;

  @Field(() => String, { description: "The paper's figure, and where the paper states it." })
  readonly paper!: string;

  @Field(() => String, { description: "Our figures with seeds, counts and intervals, one per line." })
  readonly ours!: string;

  @Field(() => VerdictEnum, { description: "What our figures say about the claim." })
  readonly verdict!: Verdict;

  @Field(() => VerdictEnum, {
    nullable: true,
    description: "The verdict with the full budget; null if no report of the full budget decides the claim.",
  })
  readonly fullVerdict!: Verdict | null;

  @Field(() => String, { description: "Reason for the verdict." })
  readonly reason!: string;

  @Field(() => [ReportRowType], { description: "Measured figures that the verdict is based on." })
  readonly evidence!: readonly ReportRowType[];

  @Field(() => [String], { description: "IDs of the experiments that measured the evidence." })
  readonly experiments!: readonly string[];
}

@Requires("report:read")
@ObjectType("ReportFullBudget", { description: "A full-budget report whose verdicts are shown beside this report's own." })
export class ReportFullBudgetType {
  @Field(() => [String], { description: "IDs of the claims whose verdicts come from it." })
  readonly claims!: readonly string[];

  @Field(() => DateTimeScalar, { description: "When it was written." })
  readonly writtenAt!: Date;

  @Field(() => String, { nullable: true, description: "The commit of the code that measured; null if unknown." })
  readonly commit!: string | null;
}

@Requires("report:read")
@ObjectType("Report", { description: "A report on the paper's claims, as `npm run repro -- all` writes it." })
export class ReportType {
  @Field(() => ID, { description: "ID of the report: the name of its folder." })
  readonly id!: string;

  @Field(() => DateTimeScalar, { description: "When the report was written." })
  readonly writtenAt!: Date;

  @Field(() => String, {
    nullable: true,
    description: "The commit of the code that measured, with `+ changes` if files differed from it; null if unknown.",
  })
  readonly commit!: string | null;

  @Field(() => [ReportFullBudgetType], {
    description: "The reports that the verdicts with the full budget come from, the newest first; empty without one.",
  })
  readonly fullBudget!: readonly ReportFullBudgetType[];

  @Field(() => String, { description: "Budget of the experiments: `quick` or `full`." })
  readonly budget!: string;

  @Field(() => [Int], { description: "Seeds of the experiments." })
  readonly seeds!: readonly number[];

  @Field(() => Float, { description: "Total running time, in minutes." })
  readonly minutes!: number;

  @Field(() => String, { description: "Machine: processor, cores, instruction set, memory and operating system." })
  readonly machine!: string;

  @Field(() => [ReportClaimType], { description: "Claims, in the order of the paper." })
  readonly claims!: readonly ReportClaimType[];

  @Field(() => [String], { description: "Versions of the software used, such as `node 22.23.3`." })
  readonly versions!: readonly string[];

  @Field(() => [ReportExperimentType], { description: "Experiments, in the order in which they ran." })
  readonly experiments!: readonly ReportExperimentType[];
}

export const reportConnection = connectionTypesOf({ noun: "Report", plural: "reports", node: ReportType, action: "report:read" });
