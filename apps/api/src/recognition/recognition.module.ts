/** API module for what people say about images. */
import DataLoader from "dataloader";
import type { Load, NounModule } from "../assembly/nounModule.ts";
import {
  ComparedEntryRecognitionResolver,
  EliteRecognitionResolver,
  ImageStudiesResolver,
  ImageStudyResolver,
  PerturbationRecognitionResolver,
  RunRecognitionResolver,
  TrajectoryRecognitionResolver,
} from "./recognition.resolver.ts";
import { type LabelledImage, RecognitionService } from "./recognition.service.ts";
import type { RecognitionType, RunRecognitionType } from "./recognition.type.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly recognition: RecognitionService;
  }
  interface Loaders {
    readonly recognition: DataLoader<LabelledImage, RecognitionType | null, string>;
    readonly recognitionOfRun: Load<RunRecognitionType | null>;
    readonly recognitionOfGroup: DataLoader<readonly string[], RunRecognitionType | null, string>;
  }
}

export const recognitionModule: NounModule = {
  resolvers: [
    ComparedEntryRecognitionResolver,
    EliteRecognitionResolver,
    ImageStudiesResolver,
    ImageStudyResolver,
    PerturbationRecognitionResolver,
    RunRecognitionResolver,
    TrajectoryRecognitionResolver,
  ],
  services: {
    recognition: ({ database, services }) => new RecognitionService({ database, shelf: services.studyShelf }),
  },
  loaders: {
    recognition: ({ actor, services }) =>
      new DataLoader((images) => services.recognition.load(actor, images), { cacheKeyFn: ({ kind, id }) => `${kind} ${id}` }),
    recognitionOfRun: ({ actor, services }) => new DataLoader((ids) => services.recognition.loadOfRuns(actor, ids)),
    recognitionOfGroup: ({ actor, services }) =>
      new DataLoader((groups) => services.recognition.loadOfGroups(actor, groups), { cacheKeyFn: (runIds) => runIds.join(" ") }),
  },
};
