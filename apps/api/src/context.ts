/** The GraphQL context, passed to every resolver. */
import type { Actor } from "@pareidolia/core/actor";
import type { Loaders, NodeLookup, Services } from "./assembly/nounModule.ts";
import type { Charge } from "./limits/costBuckets.ts";
import type { Meter } from "./limits/meter.ts";

export interface ApiContext {
  readonly actor: Actor;
  readonly services: Services;
  /** A subscription creates new loaders for each event, because cached rows may be outdated. */
  loaders: Loaders;
  createLoaders(): Loaders;
  /** Lookups for `node`, by GraphQL type. */
  readonly nodes: ReadonlyMap<string, NodeLookup<object>>;
  readonly meter: Meter;
  /** Null until the operation is measured. */
  charge: Charge | null;
}
