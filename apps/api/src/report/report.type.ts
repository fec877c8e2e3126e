/** A report on the paper's claims. */
import { Field, Float, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { connectionTypesOf } from "../pagination/connection.ts";
import { DateTimeScalar } from "../scalars.ts";

export const Verdict = {
  AGREE: "agree",
  DISAGREE: "disagree",
  NOT_COMPARABLE: "not comparable",
  NOT_MEASURED: "not measured",
} as const;

registerEnumType(Verdict, {
  name: "Verdict",
  description: "How our figure compares with the paper's.",
  valuesConfig: {
    AGREE: { description: "Every bar of the claim holds." },
    DISAGREE: { description: "At least one bar does not hold." },
    NOT_COMPARABLE: { description: "Measured, on another network or budget than the paper's." },
    NOT_MEASURED: { description: "What it needs was not there." },
  },
});

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
}

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
}

export const reportConnection = connectionTypesOf("Report", "reports", ReportType);
