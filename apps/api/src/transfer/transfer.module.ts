/** API module for transfer. */
import type { NounModule } from "../assembly/nounModule.ts";
import { readers } from "../policy/actions.ts";
import { TransferCellResolver, TransferMatrixResolver } from "./transfer.resolver.ts";
import { TransferService } from "./transfer.service.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly transfer: TransferService;
  }
}

declare module "../policy/actions.ts" {
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

const actions = { "transfer:read": readers };

export const transferModule: NounModule = {
  resolvers: [TransferCellResolver, TransferMatrixResolver],
  actions,
  services: {
    transfer: ({ database, services }) => new TransferService({ database, selection: services.runSelection }),
  },
};
