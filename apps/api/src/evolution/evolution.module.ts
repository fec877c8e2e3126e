/** Module of evolutions: service and resolver. */
import type { NounModule } from "../assembly/nounModule.ts";
import { EvolutionResolver } from "./evolution.resolver.ts";
import { EvolutionService } from "./evolution.service.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly evolutions: EvolutionService;
  }
}

export const evolutionModule: NounModule = {
  resolvers: [EvolutionResolver],
  services: {
    evolutions: ({ services }) => new EvolutionService(services.runLauncher),
  },
};
