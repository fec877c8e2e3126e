/** What every resolver gets. */
import type { Actor } from "@pareidolia/core/actor";
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

export function createContext(actor: Actor, services: Services): ApiContext {
  return { actor, services, loaders: createLoaders(actor, services), meter: new Meter() };
}
