/** API module for contact sheets. */
import type { NounModule } from "../assembly/nounModule.ts";
import { ContactSheetService } from "./contactSheet.service.ts";
import { ExperimentPreviewService } from "./experimentPreview.service.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly contactSheets: ContactSheetService;
    readonly experimentPreviews: ExperimentPreviewService;
  }
}

export const contactSheetModule: NounModule = {
  services: {
    contactSheets: ({ objectStore, services }) =>
      new ContactSheetService({ objectStore, elites: services.elites, models: services.models, runs: services.runs }),
    experimentPreviews: ({ objectStore, services }) => new ExperimentPreviewService({ objectStore, services }),
  },
};
