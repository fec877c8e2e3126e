/** Creates the services of all modules. */
import { lazyParts } from "./lazyParts.ts";
import { modules } from "./modules.ts";
import type { Resources, Services } from "./nounModule.ts";

export function createServices(resources: Resources): Services {
  const factories = modules.flatMap((module) => Object.entries(module.services ?? {}));
  const services: Services = lazyParts(factories.map(([name, make]) => [name, () => make({ ...resources, services })]));
  // A wrong dependency shows at the start, not in the first request that needs it.
  Object.values(services);
  return services;
}
