/** Creates a request's context, with loaders from all modules. */
import type { Actor } from "@pareidolia/core/actor";
import type { ApiContext } from "../context.ts";
import { Meter } from "../limits/meter.ts";
import { lazyParts } from "./lazyParts.ts";
import { modules } from "./modules.ts";
import { nodeLookups } from "./nodeLookups.ts";
import type { Loaders, Services } from "./nounModule.ts";

interface Request {
  readonly actor: Actor;
  readonly services: Services;
}

const createLoadersOf = lazyParts<Loaders, Request>(modules.flatMap((module) => Object.entries(module.loaders ?? {})));

export function createContext(actor: Actor, services: Services): ApiContext {
  const createLoaders = (): Loaders => createLoadersOf({ actor, services });
  return { actor, services, loaders: createLoaders(), createLoaders, nodes: nodeLookups, meter: new Meter(), charge: null };
}
