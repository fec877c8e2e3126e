/** Sends the due deliveries of webhooks, as many as a worker sends at once, and returns their number. */
import type { DeliveryContext } from "@pareidolia/workers/webhooks/deliverWebhook";
import { WebhookDeliveries } from "@pareidolia/workers/webhooks/webhookDeliveries";

export async function deliverWebhooks(context: DeliveryContext): Promise<number> {
  const sent = await new WebhookDeliveries(context).start();
  await Promise.all(sent);
  return sent.length;
}
