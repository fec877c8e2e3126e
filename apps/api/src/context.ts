/** What every resolver gets. There are no accounts yet: whoever reaches this API is the local owner. */
import type { Actor } from "@pareidolia/core/actor";
import { localUserId, localWorkspaceId } from "@pareidolia/persistence/seed";
import { Meter } from "./limits/meter.ts";
import { createLoaders, type Loaders } from "./loaders.ts";
import type { Services } from "./services.ts";

export interface ApiContext {
  readonly actor: Actor;
  readonly services: Services;
  /** A subscription gets new ones for each event, since it outlives what they remember. */
  loaders: Loaders;
  readonly meter: Meter;
}

export const localActor: Actor = { userId: localUserId, workspaceId: localWorkspaceId, role: "OWNER" };

export function createContext(services: Services, actor: Actor = localActor): ApiContext {
  return { actor, services, loaders: createLoaders(actor, services), meter: new Meter() };
}
