/** API module for studies. */
import type { StudyRecord, StudyVoters } from "@pareidolia/persistence/studies/studies/readStudies";
import DataLoader from "dataloader";
import type { Load, NounModule } from "../assembly/nounModule.ts";
import { readers, researchers } from "../policy/actions.ts";
import { StudyImageResolver, StudyResolver } from "./study.resolver.ts";
import { StudyService } from "./study.service.ts";
import { studyConnection, studyImageConnection } from "./study.type.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly studies: StudyService;
  }
  interface Loaders {
    readonly study: Load<StudyRecord | null>;
    readonly studyByNumber: DataLoader<number, StudyRecord | null>;
    readonly studyVoters: Load<StudyVoters>;
    readonly studyInsiderVotes: Load<number>;
    readonly studyPreview: Load<string[]>;
    readonly mayInspectStudy: DataLoader<StudyRecord, boolean, string>;
    readonly studyImageCount: Load<number>;
  }
}

declare module "../globalId/globalId.ts" {
  interface NodeRows {
    readonly Study: StudyRecord;
  }
}

declare module "../policy/actions.ts" {
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

const actions = {
  "study:read": readers,
  "study:inspect": researchers,
  "study:create": researchers,
  "study:edit": researchers,
  "study:open": researchers,
  "study:changeState": researchers,
  "study:delete": researchers,
};

export const studyModule: NounModule = {
  resolvers: [StudyResolver, StudyImageResolver, studyConnection.resolver, studyImageConnection.resolver],
  actions,
  services: {
    studies: ({ database, objectStore, services }) =>
      new StudyService({
        database,
        objectStore,
        photos: services.photos,
        runs: services.runs,
        images: services.images,
      }),
  },
  loaders: {
    study: ({ actor, services }) => new DataLoader((ids) => services.studies.load(actor, ids)),
    studyByNumber: ({ actor, services }) => new DataLoader((numbers) => services.studies.loadByNumber(actor, numbers)),
    studyVoters: ({ actor, services }) => new DataLoader((ids) => services.studies.countVoters(actor, ids)),
    studyInsiderVotes: ({ actor, services }) => new DataLoader((ids) => services.studies.countInsiderVotes(actor, ids)),
    mayInspectStudy: ({ actor, services }) =>
      new DataLoader((studies) => services.studies.mayInspect(actor, studies), { cacheKeyFn: ({ id }) => id }),
    studyImageCount: ({ actor, services }) => new DataLoader((ids) => services.studies.countImages(actor, ids)),
    studyPreview: ({ actor, services }) => new DataLoader((ids) => services.studies.previewImages(actor, ids)),
  },
  nodes: {
    Study: { byId: ({ study }) => study, byNumber: ({ studyByNumber }) => studyByNumber },
  },
};
