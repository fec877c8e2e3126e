/** Whether an actor sees and manages a webhook: members their own, owners those of the workspace too. */
import type { Actor } from "@pareidolia/core/actor";
import type { WebhookRecord } from "@pareidolia/persistence/workspace/webhooks/readWebhooks";
import { policy } from "../policy/policy.ts";

/** @param webhook one of the actor's workspace. */
export function mayManage(actor: Actor, webhook: Pick<WebhookRecord, "createdById">): boolean {
  if (webhook.createdById === null) return policy.grants(actor, "webhook:manage");
  return webhook.createdById === actor.userId && policy.grants(actor, "webhook:read");
}
