/** Resolves the comparison of studies. */
import { Arg, Ctx, ID, Query, Resolver } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { surveyCost } from "../limits/costs.ts";
import { Requires } from "../policy/requires.ts";
import type { ComparedStudies } from "./studyComparison.service.ts";
import { StudyComparisonType } from "./studyComparison.type.ts";

@Resolver(() => StudyComparisonType)
export class StudyComparisonResolver {
  @Requires("study:inspect")
  @Query(() => StudyComparisonType, {
    complexity: surveyCost,
    description: "Studies of the workspace side by side. Only for researchers who are not voting in any of them.",
  })
  studyComparison(
    @Arg("studyIds", () => [ID], { description: "IDs or keys, such as STU-3, of two to eight different studies that are not drafts." })
    studyIds: string[],
    @Ctx() { actor, services }: ApiContext,
  ): Promise<ComparedStudies> {
    return services.studyComparisons.compare(actor, studyIds);
  }
}
