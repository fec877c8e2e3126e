/**
 * The contribution of a noun to the API. A `noun.module.ts` adds the names of its services, loaders and node types to the interfaces below
 * by declaration merging, and their factory functions to its `NounModule`. `modules.ts` lists the modules.
 */
import type { Actor } from "@pareidolia/core/actor";
import type { Queue } from "@pareidolia/jobs/queue";
import type { Database } from "@pareidolia/persistence/server/database/database";
import type { ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import type { QuotaDefaults } from "@pareidolia/persistence/workspace/quotas/withinQuotas";
import type DataLoader from "dataloader";
import type { Logger } from "pino";
import type { NodeRows, NodeType } from "../globalId/globalId.ts";
import type { Bell, Followers } from "../live/followers.ts";
import type { ChannelProblems } from "../notification/channelProblems.ts";
import type { StoreHealth } from "../objectStore/storeHealth.ts";
import type { Actions, StandingOf } from "../policy/actions.ts";
import type { Changes } from "../recall/changes.ts";
import type { RunEventFeed } from "../runEvent/runEventFeed.ts";
import type { UploadLimits } from "../upload/upload.service.ts";

/** Resources that the process opens before it serves. */
export interface Resources {
  readonly database: Database;
  readonly logger: Logger;
  readonly queue: Queue;
  readonly objectStore: ObjectStore;
  /** Default: new ones, for a process without other memories. */
  readonly changes?: Changes;
  readonly health: StoreHealth;
  readonly feed: RunEventFeed;
  readonly studyVotes: Followers<Bell>;
  readonly presenceChanges: Followers<Bell>;
  readonly sweepChanges: Followers<Bell>;
  readonly roomChanges: Followers<Bell>;
  readonly workspaceChanges: Followers<Bell>;
  readonly notificationChanges: Followers<Bell>;
  /** Why e-mails or webhooks of notifications are not sent; null if they are. */
  readonly channelProblems: ChannelProblems;
  /** Folders with reports: each of their subfolders is a report. */
  readonly reportFolders: readonly string[];
  /** The address of the web application, for links in e-mails; null for a single user, who sends none. */
  readonly publicUrl: URL | null;
  /** Encrypts the secrets of webhooks and signs links to unsubscribe; null without one. */
  readonly secret: string | null;
  /** Whether webhooks may post to this machine; by default not. */
  readonly allowLoopback?: boolean;
  /** Limits of every workspace. */
  readonly quotas: QuotaDefaults;
  /** Bytes of the largest file of an import; by default the operator's default. */
  readonly largestImport?: number;
  /** For tests that cannot wait for the default deadlines. */
  readonly uploadLimits?: UploadLimits;
}

/** Services have one instance per process. */
export interface Services {}

/** Loaders have one instance per request, and batch its reads into one call of a service. */
export interface Loaders {}

export type Load<Row> = DataLoader<string, Row>;

export interface NodeLookup<Row> {
  byId(loaders: Loaders): DataLoader<string, Row | null>;
  /** For types with keys such as RUN-142. */
  byNumber?(loaders: Loaders): DataLoader<number, Row | null>;
  /** The row's object type, if the type of the ID is an interface. */
  typeNameOf?(row: Row): string;
}

export interface NounModule {
  readonly resolvers?: readonly (new () => object)[];
  /** The roles that may perform each action, and visitors or users without a workspace where the action allows them. */
  readonly actions?: { readonly [Action in keyof Actions]?: readonly StandingOf<Action>[] };
  readonly services?: { readonly [Name in keyof Services]?: (parts: Resources & { readonly services: Services }) => Services[Name] };
  readonly loaders?: {
    readonly [Name in keyof Loaders]?: (request: { readonly actor: Actor; readonly services: Services }) => Loaders[Name];
  };
  readonly nodes?: { readonly [Type in NodeType]?: NodeLookup<NodeRows[Type]> };
}
