/** API module for mentions of runs and experiments in comments and notes. */
import type { NounModule } from "../assembly/nounModule.ts";
import { ExperimentMentionsResolver, MentionResolver, RunMentionsResolver } from "./mention.resolver.ts";
import { MentionService } from "./mention.service.ts";
import { mentionConnection } from "./mention.type.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly mentions: MentionService;
  }
}

export const mentionModule: NounModule = {
  resolvers: [MentionResolver, RunMentionsResolver, ExperimentMentionsResolver, mentionConnection.resolver],
  services: { mentions: ({ database }) => new MentionService(database) },
};
