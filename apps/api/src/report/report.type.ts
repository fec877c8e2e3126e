/** A report on the paper's claims. */
import { Field, Float, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { connectionTypesOf } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";

export const Verdict = {
  AGREE: "agree",
  DISAGREE: "disagree",
  NOT_COMPARABLE: "not comparable",
  UNDECIDED: "undecided",
  NOT_MEASURED: "not measured",
} as const;

registerEnumType(Verdict, {
  name: "Verdict",
  description: "How our figure compares with the paper's.",
  valuesConfig: {
    AGREE: { description: "Every bar of the claim holds." },
    DISAGREE: { description: "At least one bar does not hold." },
    NOT_COMPARABLE: { description: "Measured, on another network or budget than the paper's." },
    UNDECIDED: { description: "Measured, and the interval allows either answer." },
    NOT_MEASURED: { description: "What it needs was not there." },
  },
});

@Requires("report:read")
@ObjectType("ReportRow", { description: "One measured figure of a report, with the bar that it is held to." })
export class ReportRowType {
  @Field(() => String, { description: "Experiment, network, condition and figure, such as `mnist-direct.lenet.paper.median@50`." })
  readonly id!: string;

  @Field(() => String, { description: "What was measured." })
  readonly what!: string;

  @Field(() => Float, { nullable: true, description: "The figure; null where it was not measured." })
  readonly figure!: number | null;

  @Field(() => String, { description: "The bar in words, such as `>= 0.995`; `none` where there is none." })
  readonly bar!: string;

  @Field(() => String, { description: "Seeds, counts and intervals." })
  readonly detail!: string;

  @Field(() => Boolean, { description: "Whether the figure meets its bar." })
  readonly holds!: boolean;

  @Field(() => Boolean, { description: "true: the bar judges a finding about networks. false: it is a gate for the measuring code." })
  readonly isFinding!: boolean;
}

@Requires("report:read")
@ObjectType("ReportSeries", { description: "One line of a chart." })
export class ReportSeriesType {
  @Field(() => String, { description: "What the line shows." })
  readonly name!: string;

  @Field(() => [[Float]], { description: "Points as pairs of x and y." })
  readonly points!: readonly (readonly [number, number])[];
}

@Requires("report:read")
@ObjectType("ReportCurves", { description: "A chart of a report." })
export class ReportCurvesType {
  @Field(() => String, { description: "Its title." })
  readonly title!: string;

  @Field(() => String, { description: "What it shows, and how it was measured." })
  readonly caption!: string;

  @Field(() => String, { description: "Name of the x axis." })
  readonly x!: string;

  @Field(() => String, { description: "Name of the y axis." })
  readonly y!: string;

  @Field(() => [ReportSeriesType], { description: "Its lines." })
  readonly series!: readonly ReportSeriesType[];
}

@Requires("report:read")
@ObjectType("ReportExperiment", { description: "One experiment of a report, with everything that it measured." })
export class ReportExperimentType {
  @Field(() => String, { description: "Its name, as in `npm run repro -- NAME`." })
  readonly id!: string;

  @Field(() => String, { description: "What it does." })
  readonly description!: string;

  @Field(() => Float, { description: "Running time in seconds." })
  readonly seconds!: number;

  @Field(() => Float, { description: "CPU seconds over all threads." })
  readonly coreSeconds!: number;

  @Field(() => String, { nullable: true, description: "Why it has no result; null if it has one." })
  readonly failure!: string | null;

  @Field(() => [ReportRowType], { description: "Its figures with their bars." })
  readonly rows!: readonly ReportRowType[];

  @Field(() => [String], { description: "Names of the columns of `lines`." })
  readonly head!: readonly string[];

  @Field(() => [[String]], { description: "All measurements, one per line." })
  readonly lines!: readonly (readonly string[])[];

  @Field(() => [ReportCurvesType], { description: "Its charts." })
  readonly curves!: readonly ReportCurvesType[];
}

@Requires("report:read")
@ObjectType("ReportClaim", { description: "One claim of the paper, its number, ours, and whether they agree." })
export class ReportClaimType {
  @Field(() => String, { description: "R1 to R11; with a letter, such as R1a, where a part of the paper's claim is judged on its own." })
  readonly id!: string;

  @Field(() => String, { description: "What is claimed." })
  readonly statement!: string;

  @Field(() => String, { description: "The paper's number, and where it stands." })
  readonly paper!: string;

  @Field(() => String, { description: "Ours, with seeds, counts and intervals; one line a figure." })
  readonly ours!: string;

  @Field(() => Verdict, { description: "How the two compare." })
  readonly verdict!: (typeof Verdict)[keyof typeof Verdict];

  @Field(() => String, { description: "Why." })
  readonly reason!: string;

  @Field(() => [ReportRowType], { description: "The figures behind the verdict." })
  readonly evidence!: readonly ReportRowType[];

  @Field(() => [String], { description: "IDs of the experiments that measured them." })
  readonly experiments!: readonly string[];
}

@Requires("report:read")
@ObjectType("Report", { description: "A report on the paper's claims, as `npm run repro -- all` writes it." })
export class ReportType {
  @Field(() => ID, { description: "The name of its folder." })
  readonly id!: string;

  @Field(() => DateTimeScalar, { description: "When it was written." })
  readonly writtenAt!: Date;

  @Field(() => String, { description: "quick or full." })
  readonly budget!: string;

  @Field(() => [Int], { description: "The seeds of its experiments." })
  readonly seeds!: readonly number[];

  @Field(() => Float, { description: "Minutes that it took." })
  readonly minutes!: number;

  @Field(() => String, { description: "Processor, cores, instruction set, memory, system." })
  readonly machine!: string;

  @Field(() => [ReportClaimType], { description: "The paper's claims in its order." })
  readonly claims!: readonly ReportClaimType[];

  @Field(() => [String], { description: "Versions of the software used, such as `node 22.23.3`." })
  readonly versions!: readonly string[];

  @Field(() => [ReportExperimentType], { description: "Its experiments in the order in which they ran." })
  readonly experiments!: readonly ReportExperimentType[];
}

export const reportConnection = connectionTypesOf({ noun: "Report", plural: "reports", node: ReportType, action: "report:read" });
