/** API module for transfer. */
import type { NounModule } from "../assembly/nounModule.ts";
import { TransferCellResolver, TransferMatrixResolver } from "./transfer.resolver.ts";
import { TransferService } from "./transfer.service.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly transfer: TransferService;
  }
}

export const transferModule: NounModule = {
  resolvers: [TransferCellResolver, TransferMatrixResolver],
  services: {
    transfer: ({ database, services }) => new TransferService({ database, selection: services.runSelection }),
  },
};
