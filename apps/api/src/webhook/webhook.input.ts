/** Inputs of the mutations of webhooks. */
import type { NotificationKind } from "@pareidolia/core/notifications/notificationKinds";
import { Field, ID, InputType } from "type-graphql";
import { NotificationKindEnum } from "../notification/notification.type.ts";
import { DateTimeScalar } from "../scalars.ts";
import { previousValue } from "../tracking/previousValue.ts";

const queryDescription =
  "A GraphQL query whose answer each message contains as `data.query`. Its only variable may be `$id: ID!`, the ID of the event's subject. It is answered with the rights of the member who wrote it, and may cost at most 10,000.";

@InputType("CreateWebhookInput", { description: "Input of `createWebhook`." })
export class CreateWebhookInput {
  @Field(() => String, { description: "What it is for: 1 to 100 characters." })
  name!: string;

  @Field(() => String, { description: "An https address on the public internet." })
  url!: string;

  @Field(() => [NotificationKindEnum], { description: "At least one kind of event." })
  kinds!: NotificationKind[];

  @Field(() => String, { nullable: true, description: queryDescription })
  query?: string | null;

  @Field(() => Boolean, {
    description:
      "True for the viewer's own, which gets what the viewer is notified of; false for one of the workspace, which owners manage and which gets every event.",
  })
  personal!: boolean;
}

@InputType("ChangeWebhookInput", { description: "Input of `changeWebhook`: a missing field stays as it is." })
export class ChangeWebhookInput {
  @Field(() => ID, { description: "ID of the webhook." })
  webhookId!: string;

  @Field(() => String, { nullable: true, description: "What it is for: 1 to 100 characters." })
  name?: string | null;

  @Field(() => String, previousValue("The name"))
  previousName?: string | null;

  @Field(() => String, { nullable: true, description: "An https address on the public internet." })
  url?: string | null;

  @Field(() => String, previousValue("The address"))
  previousUrl?: string | null;

  @Field(() => [NotificationKindEnum], { nullable: true, description: "At least one kind of event." })
  kinds?: NotificationKind[] | null;

  @Field(() => [NotificationKindEnum], previousValue("The events"))
  previousKinds?: NotificationKind[] | null;

  @Field(() => String, { nullable: true, description: `${queryDescription} An empty one removes it.` })
  query?: string | null;

  @Field(() => String, previousValue("The query, empty for none,"))
  previousQuery?: string | null;

  @Field(() => Boolean, { nullable: true, description: "True pauses it; false resumes it, also after it was turned off." })
  paused?: boolean | null;

  @Field(() => Boolean, previousValue("The value of `paused`"))
  previousPaused?: boolean | null;
}

@InputType("WebhookInput", { description: "Names a webhook." })
export class WebhookInput {
  @Field(() => ID, { description: "ID of the webhook." })
  webhookId!: string;
}

@InputType("ReplayDeliveryInput", { description: "Input of `replayDelivery`." })
export class ReplayDeliveryInput {
  @Field(() => ID, { description: "ID of the delivery." })
  deliveryId!: string;
}

@InputType("ReplayDeliveriesInput", { description: "Input of `replayDeliveries`." })
export class ReplayDeliveriesInput {
  @Field(() => ID, { description: "ID of the webhook." })
  webhookId!: string;

  @Field(() => DateTimeScalar, { description: "Resend deliveries of events from this time on." })
  since!: Date;
}
