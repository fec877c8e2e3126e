/** API module of the trash. */
import type { TrashItemRecord } from "@pareidolia/persistence/lab/trash/readTrash";
import DataLoader from "dataloader";
import type { NounModule } from "../assembly/nounModule.ts";
import { researchers } from "../policy/actions.ts";
import { TrashResolver } from "./trash.resolver.ts";
import { TrashService } from "./trash.service.ts";
import { trashConnection } from "./trash.type.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly trash: TrashService;
  }
  interface Loaders {
    readonly trashImages: DataLoader<TrashItemRecord, string[], string>;
    readonly trashDeletion: DataLoader<TrashItemRecord, Date | null, string>;
  }
}

declare module "../policy/actions.ts" {
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

const actions = { "trash:read": researchers, "trash:move": researchers, "trash:restore": researchers, "trash:delete": researchers };

export const trashModule: NounModule = {
  resolvers: [TrashResolver, trashConnection.resolver],
  actions,
  services: {
    trash: ({ database, queue }) => new TrashService({ database, queue }),
  },
  loaders: {
    trashImages: ({ actor, services }) =>
      new DataLoader((items) => services.trash.loadImages(actor, items), { cacheKeyFn: ({ id }) => id }),
    trashDeletion: ({ actor, services }) =>
      new DataLoader((items) => services.trash.loadDeletions(actor, items), { cacheKeyFn: ({ id }) => id }),
  },
};
