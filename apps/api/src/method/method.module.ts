/** Module of methods: service and resolvers. */
import type { NounModule } from "../assembly/nounModule.ts";
import { MethodDefinitionResolver, MethodResolver } from "./method.resolver.ts";
import { MethodService } from "./method.service.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly methods: MethodService;
  }
}

export const methodModule: NounModule = {
  resolvers: [MethodDefinitionResolver, MethodResolver],
  services: {
    methods: () => new MethodService(),
  },
};
