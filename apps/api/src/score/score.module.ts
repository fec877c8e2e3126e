/** API module for scores. */
import type { ScoreRecord } from "@pareidolia/persistence/lab/scores/readScores";
import DataLoader from "dataloader";
import type { Load, NounModule } from "../assembly/nounModule.ts";
import { visitors } from "../policy/actions.ts";
import type { Resource } from "../policy/resource.ts";
import { ScoreResolver } from "./score.resolver.ts";
import { ScoreService } from "./score.service.ts";
import { scoreConnection } from "./score.type.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly scores: ScoreService;
  }
  interface Loaders {
    readonly score: Load<ScoreRecord | null>;
    readonly scoresOfImage: Load<ScoreRecord[]>;
  }
}

declare module "../globalId/globalId.ts" {
  interface NodeRows {
    readonly Score: ScoreRecord;
  }
}

declare module "../policy/actions.ts" {
  interface VisitorActions extends Record<"score:read", Resource> {}
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

const actions = { "score:read": visitors };

export const scoreModule: NounModule = {
  resolvers: [ScoreResolver, scoreConnection.resolver],
  actions,
  services: {
    scores: ({ database, services }) => new ScoreService({ database, models: services.models }),
  },
  loaders: {
    score: ({ actor, services }) => new DataLoader((ids) => services.scores.load(actor, ids)),
    scoresOfImage: ({ actor, services }) => new DataLoader((hashes) => services.scores.loadOfImages(actor, hashes)),
  },
  nodes: {
    Score: { byId: ({ score }) => score },
  },
};
