/** API module for the computed statistics of studies. */
import type { NounModule } from "../assembly/nounModule.ts";
import { StudyComparisonResolver } from "./studyComparison.resolver.ts";
import { StudyComparisonService } from "./studyComparison.service.ts";
import { StudyResultResolver } from "./studyResult.resolver.ts";
import { StudyResultService } from "./studyResult.service.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly studyResults: StudyResultService;
    readonly studyComparisons: StudyComparisonService;
  }
}

export const studyResultModule: NounModule = {
  resolvers: [StudyResultResolver, StudyComparisonResolver],
  services: {
    studyResults: ({ database }) => new StudyResultService(database),
    studyComparisons: ({ database, services }) => new StudyComparisonService({ database, studies: services.studies }),
  },
};
