/** API module for ascents. */
import type { NounModule } from "../assembly/nounModule.ts";
import { sourceResolverOf } from "../run/runSource.resolver.ts";
import { AscentRunType } from "../run/runsByKind.type.ts";
import { AscentResolver } from "./ascent.resolver.ts";
import { AscentService } from "./ascent.service.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly ascents: AscentService;
  }
}

export const ascentModule: NounModule = {
  resolvers: [AscentResolver, sourceResolverOf(AscentRunType)],
  services: {
    ascents: ({ services }) => new AscentService({ launcher: services.runLauncher, models: services.models, photos: services.photos }),
  },
};
