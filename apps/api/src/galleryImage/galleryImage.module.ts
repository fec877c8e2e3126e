/** API module for the gallery. */
import type { NounModule } from "../assembly/nounModule.ts";
import { GalleryImageResolver } from "./galleryImage.resolver.ts";
import { GalleryImageService } from "./galleryImage.service.ts";
import { galleryImageConnection } from "./galleryImage.type.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly galleryImages: GalleryImageService;
  }
}

export const galleryImageModule: NounModule = {
  resolvers: [GalleryImageResolver, galleryImageConnection.resolver],
  services: {
    galleryImages: ({ database }) => new GalleryImageService(database),
  },
};
