/** Names the sender of a request, for what belongs to it alone: its cost bucket, and its idempotency keys. */
import type { Actor } from "@pareidolia/core/actor";
import { networkOf } from "@pareidolia/server/networkOf";

/** An API key is a sender of its own, and so is each user. Visitors have no identity; those of one network share it. */
export function senderOf({ userId, key, clientAddress }: Actor): string {
  if (key !== undefined) return `key ${key.id}`;
  return userId === null ? `network ${networkOf(clientAddress ?? "unknown")}` : `user ${userId}`;
}
