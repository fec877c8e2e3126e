/** The deliveries that this worker is sending. Each one that ends makes room for the next, so a slow receiver delays no other. */
import { type ClaimedDelivery, claimDeliveries, type DeliveryLimits } from "@pareidolia/persistence/workspace/webhooks/deliveryWork";
import { type DeliveryContext, deliverWebhook } from "./deliverWebhook.ts";

/** Slow receivers of one workspace cannot occupy every place, nor one of them all places of its workspace. */
const limits: DeliveryLimits = { all: 20, perWorkspace: 8, perWebhook: 2 };

export class WebhookDeliveries {
  readonly #context: DeliveryContext;
  readonly #sending = new Map<ClaimedDelivery, Promise<void>>();

  constructor(context: DeliveryContext) {
    this.#context = context;
  }

  /** Claims due deliveries and starts them. Returns a promise for each, which rejects if its outcome could not be recorded. */
  async start(): Promise<readonly Promise<void>[]> {
    if (this.#sending.size >= limits.all) return [];
    const claimed = await claimDeliveries(this.#context.database.connection, limits, [...this.#sending.keys()]);
    return claimed.map((delivery) => {
      const sent = deliverWebhook(delivery, this.#context).finally(() => this.#sending.delete(delivery));
      this.#sending.set(delivery, sent);
      return sent;
    });
  }

  /** Resolves once nothing is being sent. */
  async settle(): Promise<void> {
    await Promise.allSettled(this.#sending.values());
  }
}
