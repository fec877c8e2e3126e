/** API module for the computed statistics of studies. */
import type { StudyRecord } from "@pareidolia/persistence/studies/studies/readStudies";
import DataLoader from "dataloader";
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
  interface Loaders {
    readonly studyResultsComputedAt: DataLoader<StudyRecord, Date | null, string>;
  }
}

export const studyResultModule: NounModule = {
  resolvers: [StudyResultResolver, StudyComparisonResolver],
  services: {
    studyResults: ({ database }) => new StudyResultService(database),
    studyComparisons: ({ database, services }) => new StudyComparisonService({ database, studies: services.studies }),
  },
  loaders: {
    studyResultsComputedAt: ({ services }) =>
      new DataLoader((studies) => services.studyResults.findComputedAt(studies), { cacheKeyFn: ({ id }) => id }),
  },
};
