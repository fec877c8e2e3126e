/** Looks for due deliveries of webhooks every two seconds. A slow receiver delays at most the nine that are sent with it. */
import { type DeliveryContext, deliverWebhooks } from "./deliverWebhooks.ts";

export interface WebhookWatch {
  close(): Promise<void>;
}

const pauseMilliseconds = 2_000;

export function startWebhookWatch(context: DeliveryContext & { readonly onError: (error: unknown) => void }): WebhookWatch {
  let delivering: Promise<unknown> | null = null;
  let closed = false;
  const deliverAll = async (): Promise<void> => {
    while (!closed && (await deliverWebhooks(context)) > 0);
  };
  const timer = setInterval(() => {
    delivering ??= deliverAll()
      .catch(context.onError)
      .finally(() => {
        delivering = null;
      });
  }, pauseMilliseconds);
  return {
    async close() {
      closed = true;
      clearInterval(timer);
      await delivering;
    },
  };
}
