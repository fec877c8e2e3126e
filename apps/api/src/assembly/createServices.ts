/** Creates the services of all modules. */
import { lazyParts } from "./lazyParts.ts";
import { modules } from "./modules.ts";
import type { Resources, Services } from "./nounModule.ts";

export function createServices(resources: Resources): Services {
  const factories = modules.flatMap((module) => Object.entries(module.services ?? {}));
  const services: Services = lazyParts(factories.map(([name, make]) => [name, () => make({ ...resources, services })]));
  // Creates all services now, so that a circular dependency fails at startup rather than in a request.
  Object.values(services);
  return services;
}
