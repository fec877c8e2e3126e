/** API module for the tallies of studies. */
import type { NounModule } from "../assembly/nounModule.ts";
import { StudyTallyResolver } from "./studyTally.resolver.ts";
import { StudyTallyService } from "./studyTally.service.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly studyTallies: StudyTallyService;
  }
}

export const studyTallyModule: NounModule = {
  resolvers: [StudyTallyResolver],
  services: {
    studyTallies: ({ database, studyVotes, services }) => new StudyTallyService({ database, studyVotes, studies: services.studies }),
  },
};
