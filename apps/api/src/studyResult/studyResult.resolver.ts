/** Resolves the computed statistics of studies. */
import type { StudyRecord } from "@pareidolia/persistence/studies/studies/readStudies";
import type { StudyResultRecord } from "@pareidolia/persistence/studies/studies/studyResults";
import { Arg, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { statementCost } from "../limits/costs.ts";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";
import { StudyType } from "../study/study.type.ts";
import { StudyResultKindEnum, StudyResultType } from "./studyResult.type.ts";

@Resolver(() => StudyType)
export class StudyResultResolver {
  @Requires("study:inspect")
  @FieldResolver(() => [StudyResultType], {
    complexity: statementCost,
    description:
      "Statistics as last computed; empty before the first computation. Only for researchers, and not while they vote in the study.",
  })
  results(
    @Root() study: StudyRecord,
    @Arg("kinds", () => [StudyResultKindEnum], { nullable: true, description: "Only results of these kinds. Default: all." })
    kinds: readonly string[] | null | undefined,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<StudyResultRecord[]> {
    return services.studyResults.list(actor, study, kinds);
  }

  @FieldResolver(() => DateTimeScalar, {
    nullable: true,
    description:
      "When the votes of the statistics were read. It also changes when new scores or codes of texts change them. Null before the first computation.",
  })
  resultsComputedAt(@Root() study: StudyRecord, @Ctx() { loaders }: ApiContext): Promise<Date | null> {
    return loaders.studyResultsComputedAt.load(study);
  }
}
