/** API module for exports of studies. */
import type { NounModule } from "../assembly/nounModule.ts";
import { researchers } from "../policy/actions.ts";
import { StudyExportService } from "./studyExport.service.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly studyExports: StudyExportService;
  }
}

declare module "../policy/actions.ts" {
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

const actions = { "study:export": researchers };

export const studyExportModule: NounModule = {
  resolvers: [],
  actions,
  services: {
    studyExports: ({ database, services }) => new StudyExportService({ database, studies: services.studies }),
  },
};
