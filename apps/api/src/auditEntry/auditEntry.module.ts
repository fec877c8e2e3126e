/** API module for the audit log. */

import type { AuditEntryRecord } from "@pareidolia/persistence/access/audit/readAuditEntries";
import DataLoader from "dataloader";
import type { Load, NounModule } from "../assembly/nounModule.ts";
import { owners } from "../policy/actions.ts";
import { AuditEntryResolver } from "./auditEntry.resolver.ts";
import { AuditEntryService } from "./auditEntry.service.ts";
import { auditEntryConnection } from "./auditEntry.type.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly auditEntries: AuditEntryService;
  }
  interface Loaders {
    readonly auditEntry: Load<AuditEntryRecord | null>;
  }
}

declare module "../globalId/globalId.ts" {
  interface NodeRows {
    readonly AuditEntry: AuditEntryRecord;
  }
}

declare module "../policy/actions.ts" {
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

const actions = { "auditEntry:read": owners };

export const auditEntryModule: NounModule = {
  resolvers: [AuditEntryResolver, auditEntryConnection.resolver],
  actions,
  services: {
    auditEntries: ({ database, objectStore }) => new AuditEntryService(database, objectStore),
  },
  loaders: {
    auditEntry: ({ actor, services }) => new DataLoader((ids) => services.auditEntries.load(actor, ids)),
  },
  nodes: {
    AuditEntry: { byId: ({ auditEntry }) => auditEntry },
  },
};
