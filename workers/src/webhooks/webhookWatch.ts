/** Looks for due deliveries of webhooks every two seconds, and soon after one has ended. */
import type { DeliveryContext } from "./deliverWebhook.ts";
import { WebhookDeliveries } from "./webhookDeliveries.ts";

export interface WebhookWatch {
  close(): Promise<void>;
}

const pauseMilliseconds = 2_000;
/** Deliveries that end within this time are replaced by one claim. */
const soonMilliseconds = 100;

export function startWebhookWatch(context: DeliveryContext & { readonly onError: (error: unknown) => void }): WebhookWatch {
  const deliveries = new WebhookDeliveries(context);
  let claiming: Promise<void> | null = null;
  let soon: ReturnType<typeof setTimeout> | undefined;
  let closed = false;
  const look = (): void => {
    if (closed) return;
    claiming ??= claim()
      .catch(context.onError)
      .finally(() => {
        claiming = null;
      });
  };
  const lookSoon = (): void => {
    if (closed) return;
    soon ??= setTimeout(() => {
      soon = undefined;
      look();
    }, soonMilliseconds);
  };
  const claim = async (): Promise<void> => {
    for (const sent of await deliveries.start()) void sent.catch(context.onError).finally(lookSoon);
  };
  const timer = setInterval(look, pauseMilliseconds);
  return {
    async close() {
      closed = true;
      clearInterval(timer);
      clearTimeout(soon);
      await claiming;
      await deliveries.settle();
    },
  };
}
