/** API module for idempotency keys: the first answers of mutations. */
import type { NounModule } from "../assembly/nounModule.ts";
import { FirstAnswerService } from "./firstAnswer.service.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly firstAnswers: FirstAnswerService;
  }
}

export const firstAnswerModule: NounModule = {
  services: { firstAnswers: ({ database, secret }) => new FirstAnswerService({ database, secret }) },
};
