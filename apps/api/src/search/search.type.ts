/** The fields of the search language, and groups of runs. */
import { Field, Float, Int, ObjectType, registerEnumType } from "type-graphql";
import { endDescriptions } from "../intervalEnds.ts";
import { CellValueScalar } from "../openValue/openValues.ts";
import { KindMeasureType } from "../outcome/kindMeasure.type.ts";
import { connectionTypesOf } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";
import { RunType } from "../run/run.type.ts";
import { DateTimeScalar } from "../scalars.ts";

export const SearchFieldKind = {
  NUMBER: "number",
  TEXT: "text",
  DATE: "date",
  CHOICE: "choice",
  PERSON: "person",
  TAG: "tag",
  FLAG: "flag",
  MIXED: "mixed",
} as const;

registerEnumType(SearchFieldKind, {
  name: "SearchFieldKind",
  description: "Type of a field's values.",
  valuesConfig: {
    NUMBER: { description: "A number, such as 0.99, 1e-3 or 99%." },
    TEXT: { description: "A text, which ignores case." },
    DATE: { description: "A day such as 2026-11-01, a time, or an age such as -7d." },
    CHOICE: { description: "One of `values`." },
    PERSON: { description: "A member by name, or me." },
    TAG: { description: "A word of the tags, such as tag = baseline." },
    FLAG: { description: "true or false." },
    MIXED: {
      description: "A number, text or Boolean whose type may differ from run to run, or a list, which matches if any of its values does.",
    },
  },
});

@Requires("search:read")
@ObjectType("SearchFieldValue", { description: "A value of a field, as a search has it." })
export class SearchFieldValueType {
  @Field(() => String, { description: "The value." })
  readonly name!: string;

  @Field(() => String, { nullable: true, description: "Its meaning, if the name does not say it." })
  readonly description?: string;
}

@Requires("search:read")
@ObjectType("SearchField", { description: "A field of the search language." })
export class SearchFieldType {
  @Field(() => String, { description: "Name of the field." })
  readonly name!: string;

  @Field(() => [String], { description: "Other names that mean the same." })
  readonly aliases!: readonly string[];

  @Field(() => SearchFieldKind, { name: "kind", description: "Type of its values." })
  readonly type!: string;

  @Field(() => String, { description: "Heading of its column." })
  readonly label!: string;

  @Field(() => String, { description: "Meaning of the field." })
  readonly description!: string;

  @Field(() => [SearchFieldValueType], { description: "All values of a choice; suggestions for a text; empty for others." })
  readonly values!: readonly SearchFieldValueType[];

  @Field(() => [String], { description: "Operators that the field permits." })
  readonly operators!: readonly string[];

  @Field(() => Boolean, { description: "Whether a list can be sorted by it." })
  readonly isSortable!: boolean;

  @Field(() => Boolean, { description: "Whether rows can be grouped by it." })
  readonly isGroupable!: boolean;

  @Field(() => Int, { nullable: true, description: "Of a recorded field, the number of runs that have it; null for others." })
  readonly runCount?: number;
}

@Requires("search:read")
@ObjectType("SearchProblem", { description: "What is wrong with a search, and where." })
export class SearchProblemType {
  @Field(() => Int, { description: "Offset of the first character at fault, in UTF-16 code units." })
  readonly from!: number;

  @Field(() => Int, { description: "Offset after the last character at fault." })
  readonly to!: number;

  @Field(() => String, { description: "What is wrong." })
  readonly message!: string;

  @Field(() => String, { nullable: true, description: "Suggested correction; null if the message contains it." })
  readonly hint!: string | null;
}

@Requires("search:read")
@ObjectType("CountedValue", { description: "A value of a field in your workspace." })
export class CountedValueType {
  @Field(() => String, { description: "A value that at least one run has." })
  readonly value!: string;

  @Field(() => String, { description: "The value as written in a search, in quotes if necessary." })
  readonly written!: string;

  @Field(() => Int, { description: "Number of runs or experiments with this value; for classes of images, number of networks." })
  readonly count!: number;
}

@Requires("search:read")
@ObjectType("RunGroupKey", { description: "The value of a grouping column." })
export class RunGroupKeyType {
  @Field(() => String, { description: "Name of the column." })
  readonly column!: string;

  @Field(() => CellValueScalar, { nullable: true, description: "The value that all runs of the group have; null if they have none." })
  readonly value!: unknown;

  @Field(() => String, { description: "The value for display." })
  readonly label!: string;
}

@Requires("search:read")
@ObjectType("RunGroupMeasure", { description: "A column, summarised over all runs of a group." })
export class RunGroupMeasureType {
  @Field(() => String, { description: "Name of the column." })
  readonly column!: string;

  @Field(() => Boolean, {
    description: "Whether the figures are in nines, −log10(1 − p), as those of confidences are. A confidence of 1 counts as 1 − 2⁻²⁵.",
  })
  readonly isInNines!: boolean;

  @Field(() => Int, { description: "Number of runs with a value." })
  readonly count!: number;

  @Field(() => Float, { nullable: true, description: "Mean of the values; null without values." })
  readonly mean!: number | null;

  @Field(() => Float, { nullable: true, description: "Standard deviation, with count − 1; null for fewer than two values." })
  readonly deviation!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: "Lower end of the 95% interval of the mean for other runs of this kind, within what values can be; null if there is none.",
  })
  readonly low!: number | null;

  @Field(() => Float, { nullable: true, description: endDescriptions.high })
  readonly high!: number | null;

  @Field(() => String, { nullable: true, description: endDescriptions.intervalReason })
  readonly intervalReason!: string | null;

  @Field(() => [Float], { description: "The values, highest first; at most 60." })
  readonly values!: readonly number[];
}

@Requires("search:read")
@ObjectType("RunGroupOutcome", { description: "What the runs of one kind in a group have reached." })
export class RunGroupOutcomeType extends KindMeasureType {
  @Field(() => Int, { description: "Number of runs of the kind." })
  readonly runCount!: number;

  @Field(() => Int, { description: "Number of results that meet the criterion `reachedMeans`." })
  readonly reached!: number;

  @Field(() => Int, { description: "Number of results once all of these runs have ended." })
  readonly total!: number;
}

@Requires("search:read")
@ObjectType("RunGroup", {
  description: "Runs that agree in the grouping columns. Its figures are of all of them, whatever else is listed.",
})
export class RunGroupType {
  @Field(() => [RunGroupKeyType], { description: "The values in which the runs agree, in the order of `groupBy`." })
  readonly keys!: readonly RunGroupKeyType[];

  @Field(() => String, { description: "A search for the runs of the group, among those of the list." })
  readonly search!: string;

  @Field(() => Int, { description: "Number of runs." })
  readonly runCount!: number;

  @Field(() => Int, { description: "Runs that have ended." })
  readonly endedCount!: number;

  @Field(() => Int, { description: "Runs that a worker computes." })
  readonly runningCount!: number;

  @Field(() => [RunGroupOutcomeType], { description: "What the runs of each kind have reached, in the order of the kinds." })
  readonly outcomes!: readonly RunGroupOutcomeType[];

  @Field(() => DateTimeScalar, { description: "When one of the runs last changed." })
  readonly updatedAt!: Date;

  @Field(() => [String], { description: "The most frequent tags of the runs, at most 6." })
  readonly tags!: readonly string[];

  @Field(() => [RunGroupMeasureType], { description: "The measured columns, in the order of `measures`." })
  readonly measures!: readonly RunGroupMeasureType[];

  @Field(() => RunType, { description: "The run with the highest median." })
  readonly bestRun!: unknown;
}

export const runGroupConnection = connectionTypesOf({
  noun: "RunGroup",
  plural: "groups of runs",
  node: RunGroupType,
  action: "search:read",
});
