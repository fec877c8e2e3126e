/** API module for webhooks. */
import type { DeliveryRecord, WebhookRecord } from "@pareidolia/persistence/workspace/webhooks/readWebhooks";
import DataLoader from "dataloader";
import type { Load, NounModule } from "../assembly/nounModule.ts";
import { owners, readers } from "../policy/actions.ts";
import { WebhookDeliveryResolver, WebhookResolver } from "./webhook.resolver.ts";
import { WebhookService } from "./webhook.service.ts";
import { deliveryConnection } from "./webhook.type.ts";

declare module "../assembly/nounModule.ts" {
  interface Services {
    readonly webhooks: WebhookService;
  }
  interface Loaders {
    readonly webhook: Load<WebhookRecord | null>;
    readonly webhookDelivery: Load<DeliveryRecord | null>;
  }
}

declare module "../globalId/globalId.ts" {
  interface NodeRows {
    readonly Webhook: WebhookRecord;
    readonly WebhookDelivery: DeliveryRecord;
  }
}

declare module "../policy/actions.ts" {
  interface Actions extends Record<keyof typeof actions, unknown> {}
}

/** Every member manages their own webhooks; "webhook:manage" adds those of the workspace. */
const actions = {
  "webhook:read": readers,
  "webhook:create": readers,
  "webhook:change": readers,
  "webhook:rotate": readers,
  "webhook:delete": readers,
  "webhook:test": readers,
  "webhook:replay": readers,
  "webhook:manage": owners,
};

export const webhookModule: NounModule = {
  resolvers: [WebhookResolver, WebhookDeliveryResolver, deliveryConnection.resolver],
  actions,
  services: { webhooks: ({ database, secret, allowLoopback = false }) => new WebhookService({ database, secret, allowLoopback }) },
  loaders: {
    webhook: ({ actor, services }) => new DataLoader((ids) => services.webhooks.load(actor, ids)),
    webhookDelivery: ({ actor, services }) => new DataLoader((ids) => services.webhooks.loadDeliveries(actor, ids)),
  },
  nodes: {
    Webhook: { byId: ({ webhook }) => webhook },
    WebhookDelivery: { byId: ({ webhookDelivery }) => webhookDelivery },
  },
};
