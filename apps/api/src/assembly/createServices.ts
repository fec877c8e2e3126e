/** Creates the services of all modules. */
import { lazyParts } from "./lazyParts.ts";
import { modules } from "./modules.ts";
import type { Resources, Services } from "./nounModule.ts";

export function createServices(resources: Resources): Services {
  const factories = modules.flatMap((module) => Object.entries(module.services ?? {}));
  const parts = factories.map(([name, make]) => [name, (given: Resources): unknown => make({ ...given, services })] as const);
  const services: Services = lazyParts<Services, Resources>(parts)(resources);
  // Creates all services now, so that a circular dependency fails at startup rather than in a request.
  for (const [name] of factories) void services[name as keyof Services];
  return services;
}
