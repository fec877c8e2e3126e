/** API module for photos. */
import type { PhotoRecord } from "@pareidolia/persistence/lab/photos/readPhotos";
import DataLoader from "dataloader";
import type { Load, NounModule } from "../assembly/nounModule.ts";
import { readers, researchers } from "../policy/actions.ts";
import { PhotoResolver } from "./photo.resolver.ts";
import { PhotoService } from "./photo.service.ts";
import { photoConnection } from "./photo.type.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly photos: PhotoService;
  }
  interface Loaders {
    readonly photo: Load<PhotoRecord | null>;
    readonly runsFromPhoto: Load<number>;
  }
}

declare module "../globalId/globalId.ts" {
  interface NodeRows {
    readonly Photo: PhotoRecord;
  }
}

declare module "../policy/actions.ts" {
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

const actions = { "photo:read": readers, "photo:create": researchers, "photo:delete": researchers };

export const photoModule: NounModule = {
  resolvers: [PhotoResolver, photoConnection.resolver],
  actions,
  services: {
    photos: ({ database, objectStore, quotas, services }) =>
      new PhotoService({ database, objectStore, quotas, uploads: services.uploads, images: services.images }),
  },
  loaders: {
    photo: ({ actor, services }) => new DataLoader((ids) => services.photos.load(actor, ids)),
    runsFromPhoto: ({ actor, services }) => new DataLoader((ids) => services.photos.countRuns(actor, ids)),
  },
  nodes: {
    Photo: { byId: ({ photo }) => photo },
  },
};
