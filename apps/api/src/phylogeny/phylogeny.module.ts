/** API module for phylogenies. */
import type { NounModule } from "../assembly/nounModule.ts";
import { PhylogenyResolver } from "./phylogeny.resolver.ts";
import { PhylogenyService } from "./phylogeny.service.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly phylogeny: PhylogenyService;
  }
}

export const phylogenyModule: NounModule = {
  resolvers: [PhylogenyResolver],
  services: {
    phylogeny: ({ database }) => new PhylogenyService(database),
  },
};
