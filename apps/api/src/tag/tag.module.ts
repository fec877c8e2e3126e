/** API module for tags. */
import type { TagRecord, TagUses } from "@pareidolia/persistence/lab/tags/readTags";
import DataLoader from "dataloader";
import type { Load, NounModule } from "../assembly/nounModule.ts";
import { readers, researchers } from "../policy/actions.ts";
import { ExperimentTagsResolver, RunTagsResolver, TagResolver } from "./tag.resolver.ts";
import { TagService } from "./tag.service.ts";
import { tagConnection } from "./tag.type.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly tags: TagService;
  }
  interface Loaders {
    readonly tag: Load<TagRecord | null>;
    readonly tagUses: DataLoader<TagRecord, TagUses, string>;
    readonly tagsOfRun: Load<TagRecord[]>;
    readonly tagsOfExperiment: Load<TagRecord[]>;
  }
}

declare module "../globalId/globalId.ts" {
  interface NodeRows {
    readonly Tag: TagRecord;
  }
}

declare module "../policy/actions.ts" {
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

const actions = { "tag:read": readers, "tag:rename": researchers, "tag:delete": researchers };

export const tagModule: NounModule = {
  resolvers: [TagResolver, RunTagsResolver, ExperimentTagsResolver, tagConnection.resolver],
  actions,
  services: { tags: ({ database }) => new TagService(database) },
  loaders: {
    tag: ({ actor, services }) => new DataLoader((ids) => services.tags.load(actor, ids)),
    tagUses: ({ actor, services }) => new DataLoader((tags) => services.tags.loadUses(actor, tags), { cacheKeyFn: ({ id }) => id }),
    tagsOfRun: ({ actor, services }) => new DataLoader((ids) => services.tags.loadOf(actor, "Run", ids)),
    tagsOfExperiment: ({ actor, services }) => new DataLoader((ids) => services.tags.loadOf(actor, "Experiment", ids)),
  },
  nodes: { Tag: { byId: ({ tag }) => tag } },
};
