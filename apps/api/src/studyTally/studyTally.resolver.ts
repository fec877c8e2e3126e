/** Resolves the tallies of studies, and the subscription to their changes. */
import type { StudyRecord } from "@pareidolia/persistence/studies/studies/readStudies";
import { Arg, Ctx, FieldResolver, ID, Int, Resolver, Root, Subscription } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { computationCost } from "../limits/costs.ts";
import { Requires } from "../policy/requires.ts";
import { StudyType } from "../study/study.type.ts";
import { StudyTalliesType } from "./studyTally.type.ts";

@Resolver(() => StudyType)
export class StudyTallyResolver {
  @Requires("study:inspect")
  @FieldResolver(() => StudyTalliesType, {
    complexity: computationCost,
    description: "Counted votes on each image. Only for researchers, and not while they vote in the study.",
  })
  tallies(
    @Root() study: StudyRecord,
    @Arg("after", () => Int, { defaultValue: 0, description: "Only tallies that changed after this `sequence`; 0 for all." }) after: number,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<StudyTalliesType> {
    return services.studyTallies.read(actor, study, after);
  }

  @Requires("study:inspect")
  @Subscription(() => StudyTalliesType, {
    description:
      "Changes of the tallies of a study: first those after `since`, then new ones as votes arrive. An event may contain several images.",
    subscribe: async ({ args, context }) => {
      const { actor, services } = context as ApiContext;
      return services.studyTallies.follow(actor, args as { studyId: string; since: number });
    },
  })
  studyTallies(
    @Root() tallies: StudyTalliesType,
    @Arg("studyId", () => ID, { description: "ID of the study, or its key such as STU-3." }) _studyId: string,
    @Arg("since", () => Int, { defaultValue: 0, description: "The last `sequence` that the client has received; 0 for all tallies." })
    _since: number,
  ): StudyTalliesType {
    return tallies;
  }
}
