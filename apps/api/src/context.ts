/** What every resolver gets. */
import type { Actor } from "@pareidolia/core/actor";
import type { Loaders, NodeLookup, Services } from "./assembly/nounModule.ts";
import type { Meter } from "./limits/meter.ts";

export interface ApiContext {
  readonly actor: Actor;
  readonly services: Services;
  /** A subscription creates new loaders for each event, since it outlives what they have cached. */
  loaders: Loaders;
  createLoaders(): Loaders;
  /** By GraphQL type: how `node` finds it. */
  readonly nodes: ReadonlyMap<string, NodeLookup<object>>;
  readonly meter: Meter;
}
