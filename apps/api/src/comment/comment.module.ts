/** API module for comments. */
import type { CommentRecord } from "@pareidolia/persistence/lab/comments/readComments";
import DataLoader from "dataloader";
import type { Load, NounModule } from "../assembly/nounModule.ts";
import { owners, readers, researchers } from "../policy/actions.ts";
import { CommentResolver, ExperimentCommentsResolver, RunCommentsResolver } from "./comment.resolver.ts";
import { CommentService } from "./comment.service.ts";
import { commentConnection } from "./comment.type.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly comments: CommentService;
  }
  interface Loaders {
    readonly comment: Load<CommentRecord | null>;
  }
}

declare module "../globalId/globalId.ts" {
  interface NodeRows {
    readonly Comment: CommentRecord;
  }
}

declare module "../policy/actions.ts" {
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

/** Authors change their own comments; `comment:moderate` is the right to change those of others. */
const actions = {
  "comment:read": readers,
  "comment:add": researchers,
  "comment:edit": researchers,
  "comment:delete": researchers,
  "comment:restore": researchers,
  "comment:moderate": owners,
};

export const commentModule: NounModule = {
  resolvers: [CommentResolver, RunCommentsResolver, ExperimentCommentsResolver, commentConnection.resolver],
  actions,
  services: {
    comments: ({ database, services }) => new CommentService({ database, experiments: services.experiments, runs: services.runs }),
  },
  loaders: { comment: ({ actor, services }) => new DataLoader((ids) => services.comments.load(actor, ids)) },
  nodes: { Comment: { byId: ({ comment }) => comment } },
};
