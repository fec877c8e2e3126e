/** API module for images. */
import type { ImageRecord } from "@pareidolia/persistence/lab/images/readImages";
import DataLoader from "dataloader";
import type { Load, NounModule } from "../assembly/nounModule.ts";
import { visitors } from "../policy/actions.ts";
import type { Resource } from "../policy/resource.ts";
import { ImageResolver } from "./image.resolver.ts";
import { ImageService } from "./image.service.ts";
import { imageConnection } from "./image.type.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly images: ImageService;
  }
  interface Loaders {
    readonly image: Load<ImageRecord | null>;
  }
}

declare module "../globalId/globalId.ts" {
  interface NodeRows {
    readonly Image: ImageRecord;
  }
}

declare module "../policy/actions.ts" {
  interface VisitorActions extends Record<"image:read", Resource> {}
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

const actions = { "image:read": visitors };

export const imageModule: NounModule = {
  resolvers: [ImageResolver, imageConnection.resolver],
  actions,
  services: {
    images: ({ database, objectStore, services }) => new ImageService({ database, objectStore, changes: services.changes }),
  },
  loaders: {
    image: ({ actor, services }) => new DataLoader<string, ImageRecord | null>((hashes) => services.images.load(actor, hashes)),
  },
  nodes: {
    Image: { byId: ({ image }) => image },
  },
};
