/** Module of encodings: service, resolver and actions. */
import type { NounModule } from "../assembly/nounModule.ts";
import { readers } from "../policy/actions.ts";
import { EncodingResolver } from "./encoding.resolver.ts";
import { EncodingService } from "./encoding.service.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly encodings: EncodingService;
  }
}

declare module "../policy/actions.ts" {
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

const actions = { "encoding:read": readers };

export const encodingModule: NounModule = {
  resolvers: [EncodingResolver],
  actions,
  services: {
    encodings: () => new EncodingService(),
  },
};
