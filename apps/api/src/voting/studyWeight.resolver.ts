/** Resolves how heavy a session of a study is, which researchers see before they open it. */
import type { StudyRecord } from "@pareidolia/persistence/studies/studies/readStudies";
import { Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { StudyType } from "../study/study.type.ts";
import { nullIfUnreadable, weighingCost } from "./weighing.ts";

@Resolver(() => StudyType)
export class StudyWeightResolver {
  @FieldResolver(() => Int, {
    nullable: true,
    complexity: weighingCost,
    description:
      "About the bytes of the images that one voter loads. Null if they cannot be read now, for labellers and viewers, and while you vote in the study.",
  })
  async sessionBytes(@Root() study: StudyRecord, @Ctx() { services, loaders }: ApiContext): Promise<number | null> {
    if (!(await loaders.mayInspectStudy.load(study))) return null;
    return services.ballotImages.weighStudy(study).catch(nullIfUnreadable);
  }
}
