/** Resolves comparisons of runs. */
import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { statementCost, surveyCost } from "../limits/costs.ts";
import { loadExisting } from "../loadExisting.ts";
import { Requires } from "../policy/requires.ts";
import { ComparedRunsInput } from "./comparison.input.ts";
import type { ComparedRow, Comparison } from "./comparison.service.ts";
import {
  ComparedClaimType,
  ComparedCurveType,
  ComparedFiguresType,
  ComparedMeasure,
  ComparedOutcomesType,
  ComparedParameterType,
  ComparedReachType,
  ComparedRowType,
  ComparedTestsType,
  RunComparisonType,
} from "./comparison.type.ts";

@Resolver(() => RunComparisonType)
export class ComparisonResolver {
  @Requires("comparison:read")
  @Query(() => RunComparisonType, {
    complexity: statementCost,
    description: "Compares 1 to 24 runs or groups of runs, at most 240 runs together.",
  })
  runComparison(
    @Arg("entries", () => [ComparedRunsInput], { description: "The runs and groups, in the order to show them." })
    entries: ComparedRunsInput[],
    @Arg("generation", () => Int, {
      nullable: true,
      description: "The generation to compare, 0 or later. Default, and at most: the last generation that any run has stored.",
    })
    generation: number | null | undefined,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Comparison> {
    return services.comparisons.open(actor, entries, generation);
  }

  @FieldResolver(() => [ComparedParameterType], {
    description: "Kind, method, model, seed, plan and parameters of all runs, with those that differ first.",
  })
  parameters(@Root() comparison: Comparison, @Ctx() { services }: ApiContext): ComparedParameterType[] {
    return services.comparisons.compareParameters(comparison);
  }

  @FieldResolver(() => [ComparedClaimType], { description: "Metrics of imported runs, as their sources state them." })
  claims(@Root() comparison: Comparison, @Ctx() { services }: ApiContext): readonly ComparedClaimType[] {
    return services.comparisons.compareClaims(comparison);
  }

  @FieldResolver(() => [ComparedOutcomesType], { description: "What each entry's runs have reached, by the criterion of their kind." })
  outcomes(@Root() comparison: Comparison, @Ctx() { services }: ApiContext): ComparedOutcomesType[] {
    return services.comparisons.compareOutcomes(comparison);
  }

  @FieldResolver(() => [ComparedCurveType], { complexity: surveyCost, description: "Each entry's curve." })
  curves(@Root() comparison: Comparison, @Ctx() { services }: ApiContext): Promise<ComparedCurveType[]> {
    return services.comparisons.readCurves(comparison);
  }

  @FieldResolver(() => [ComparedFiguresType], {
    complexity: surveyCost,
    description: "Each entry's archives in the comparison's generation.",
  })
  figures(@Root() comparison: Comparison, @Ctx() { services }: ApiContext): Promise<ComparedFiguresType[]> {
    return services.comparisons.readFigures(comparison);
  }

  @FieldResolver(() => [ComparedReachType], { complexity: statementCost, description: "When each entry's runs first fooled the network." })
  reach(@Root() comparison: Comparison, @Ctx() { services }: ApiContext): Promise<ComparedReachType[]> {
    return services.comparisons.readReach(comparison);
  }

  @FieldResolver(() => ComparedTestsType, { complexity: surveyCost, description: "Tests between the entries." })
  tests(
    @Root() comparison: Comparison,
    @Arg("measure", () => ComparedMeasure, { defaultValue: ComparedMeasure.MEDIAN, description: "The measure to compare." })
    measure: ComparedMeasure,
    @Arg("baseline", () => Int, {
      nullable: true,
      description: "Place of the entry that all others are tested against. Default: all pairs.",
    })
    baseline: number | null | undefined,
    @Ctx() { services }: ApiContext,
  ): Promise<ComparedTestsType> {
    return services.comparisons.test(comparison, measure, baseline);
  }

  @FieldResolver(() => [ComparedRowType], {
    complexity: surveyCost,
    description:
      "Rows of the grid of images: classes of the first run's model, matched by label in runs against other label spaces. Without an " +
      "evolution, only the classes of which the runs have images.",
  })
  rows(
    @Root() comparison: Comparison,
    @Arg("first", () => Int, { nullable: true, description: "Number of rows, 1 to 50. Default: 20." }) first: number | null | undefined,
    @Arg("offset", () => Int, { nullable: true, description: "Number of classes to skip. Default: 0." }) offset: number | null | undefined,
    @Arg("contains", () => String, {
      nullable: true,
      description: "Only classes whose label contains this text, ignoring case; at most 200 characters.",
    })
    contains: string | null | undefined,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<ComparedRow[]> {
    return services.comparisons.readRows(actor, comparison, { first, offset, contains });
  }

  @FieldResolver(() => Int, { description: "Number of classes of the first run's model." })
  async classCount(@Root() { entries }: Comparison, @Ctx() { loaders }: ApiContext): Promise<number> {
    const first = entries[0]?.runs[0];
    return first === undefined ? 0 : (await loadExisting(loaders.model, first.modelId)).labels.length;
  }
}
