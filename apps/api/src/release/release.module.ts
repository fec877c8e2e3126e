/** API module for releases of studies. */
import type { ReleaseRecord } from "@pareidolia/persistence/files/releases/readReleases";
import DataLoader from "dataloader";
import type { Load, NounModule } from "../assembly/nounModule.ts";
import { researchers } from "../policy/actions.ts";
import { ReleaseMutations, ReleaseResolver, StudyReleasesResolver } from "./release.resolver.ts";
import { ReleaseService } from "./release.service.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly releases: ReleaseService;
  }
  interface Loaders {
    readonly release: Load<ReleaseRecord | null>;
  }
}

declare module "../globalId/globalId.ts" {
  interface NodeRows {
    readonly Release: ReleaseRecord;
  }
}

declare module "../policy/actions.ts" {
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

const actions = {
  "release:inspect": researchers,
  "release:make": researchers,
  "release:cancel": researchers,
  "release:download": researchers,
};

export const releaseModule: NounModule = {
  resolvers: [ReleaseResolver, StudyReleasesResolver, ReleaseMutations],
  actions,
  services: {
    releases: ({ database, queue, objectStore, quotas, services }) =>
      new ReleaseService({ database, queue, objectStore, quotas, studies: services.studies }),
  },
  loaders: {
    release: ({ actor, services }) => new DataLoader((ids) => services.releases.load(actor, ids)),
  },
  nodes: { Release: { byId: ({ release }) => release } },
};
