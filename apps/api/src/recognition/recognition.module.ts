/** API module for what people say about images. */
import DataLoader from "dataloader";
import type { Load, NounModule } from "../assembly/nounModule.ts";
import { EliteRecognitionResolver, ImageStudiesResolver, ImageStudyResolver, RunRecognitionResolver } from "./recognition.resolver.ts";
import { RecognitionService } from "./recognition.service.ts";
import type { RecognitionType, RunRecognitionType } from "./recognition.type.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly recognition: RecognitionService;
  }
  interface Loaders {
    readonly recognitionOfElite: Load<RecognitionType | null>;
    readonly recognitionOfRun: Load<RunRecognitionType | null>;
  }
}

export const recognitionModule: NounModule = {
  resolvers: [EliteRecognitionResolver, ImageStudiesResolver, ImageStudyResolver, RunRecognitionResolver],
  services: {
    recognition: ({ database }) => new RecognitionService(database),
  },
  loaders: {
    recognitionOfElite: ({ actor, services }) => new DataLoader((ids) => services.recognition.loadOfElites(actor, ids)),
    recognitionOfRun: ({ actor, services }) => new DataLoader((ids) => services.recognition.loadOfRuns(actor, ids)),
  },
};
