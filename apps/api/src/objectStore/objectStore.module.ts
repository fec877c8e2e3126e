/** API module for the object store. */
import type { NounModule } from "../assembly/nounModule.ts";
import { readers } from "../policy/actions.ts";
import { DamagedFileResolver, ObjectStoreResolver } from "./objectStore.resolver.ts";
import { ObjectStoreService } from "./objectStore.service.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly objectStore: ObjectStoreService;
  }
}

declare module "../policy/actions.ts" {
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

const actions = { "store:read": readers };

export const objectStoreModule: NounModule = {
  resolvers: [DamagedFileResolver, ObjectStoreResolver],
  actions,
  services: {
    objectStore: ({ database, health, objectStore }) => new ObjectStoreService({ database, objectStore, health }),
  },
};
