/** API module for difficulty. */
import type { NounModule } from "../assembly/nounModule.ts";
import { DifficultyResolver } from "./difficulty.resolver.ts";
import { DifficultyService } from "./difficulty.service.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly difficulty: DifficultyService;
  }
}

export const difficultyModule: NounModule = {
  resolvers: [DifficultyResolver],
  services: {
    difficulty: ({ database }) => new DifficultyService(database),
  },
};
