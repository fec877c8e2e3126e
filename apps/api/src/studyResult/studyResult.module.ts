/** API module for the computed statistics of studies. */
import type { NounModule } from "../assembly/nounModule.ts";
import { StudyResultResolver } from "./studyResult.resolver.ts";
import { StudyResultService } from "./studyResult.service.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly studyResults: StudyResultService;
  }
}

export const studyResultModule: NounModule = {
  resolvers: [StudyResultResolver],
  services: {
    studyResults: ({ database }) => new StudyResultService(database),
  },
};
