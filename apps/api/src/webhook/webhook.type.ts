/** Webhooks, their deliveries, and the payloads of their mutations. */
import type { NotificationKind } from "@pareidolia/core/notifications/notificationKinds";
import type { DeliveryState } from "@pareidolia/persistence/workspace/webhooks/readWebhooks";
import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { payloadOf } from "../errors/payload.ts";
import { NodeInterface } from "../node/node.type.ts";
import { NotificationKindEnum } from "../notification/notification.type.ts";
import { connectionTypesOf } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";

const states: { readonly [State in DeliveryState]: State } = { WAITING: "WAITING", DELIVERED: "DELIVERED", FAILED: "FAILED" };

registerEnumType(states, {
  name: "DeliveryState",
  description: "How far a delivery is.",
  valuesConfig: {
    WAITING: { description: "It waits for the first attempt, or for another one after a failure." },
    DELIVERED: { description: "The receiver answered with a status of 200 to 299." },
    FAILED: { description: "All attempts failed. `replayDelivery` starts over." },
  },
});

@Requires("webhook:read")
@ObjectType("Webhook", {
  implements: NodeInterface,
  description: "An address to which events are posted, signed by Standard Webhooks: all of a workspace, or those that concern one member.",
})
export class WebhookType extends NodeInterface {
  @Field(() => String, { description: "What it is for." })
  readonly name!: string;

  @Field(() => String, { description: "Where events are posted." })
  readonly url!: string;

  @Field(() => [NotificationKindEnum], { description: "Kinds of events that it gets." })
  readonly kinds!: readonly NotificationKind[];

  @Field(() => String, { nullable: true, description: "The GraphQL query whose answer its messages contain; null for none." })
  readonly query!: string | null;

  @Field(() => DateTimeScalar, { description: "When it was created." })
  readonly createdAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it was paused; null if it is not." })
  readonly pausedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it was turned off after days of failures; null if it was not." })
  readonly disabledAt!: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "Time of the first failure since the last success; null if the last attempt succeeded.",
  })
  readonly failingSince!: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "Until when the secret before the last rotation signs messages too; null if only one does.",
  })
  readonly previousUntil!: Date | null;
}

@Requires("webhook:read")
@ObjectType("WebhookDelivery", {
  implements: NodeInterface,
  description: "An event that a webhook gets, with the outcome of the last attempt.",
})
export class WebhookDeliveryType extends NodeInterface {
  @Field(() => String, { description: "The message's webhook-id, the same for every attempt." })
  readonly messageId!: string;

  @Field(() => String, { description: "Kind of the event, such as RUN_FAILED, or TEST." })
  readonly kind!: string;

  @Field(() => states, { description: "How far it is." })
  readonly state!: DeliveryState;

  @Field(() => String, { nullable: true, description: "What is posted, as JSON; null before the first attempt." })
  readonly body!: string | null;

  @Field(() => DateTimeScalar, { description: "When the event happened." })
  readonly createdAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: "When the next attempt is due; null if there is none." })
  readonly nextAttemptAt!: Date | null;

  @Field(() => Int, { description: "Number of attempts so far." })
  readonly attempts!: number;

  @Field(() => DateTimeScalar, { nullable: true, description: "When the receiver accepted it; null if it has not." })
  readonly deliveredAt!: Date | null;

  @Field(() => Int, { nullable: true, description: "HTTP status of the last response; null without one." })
  readonly status!: number | null;

  @Field(() => Int, { nullable: true, description: "Duration of the last attempt in milliseconds; null before the first." })
  readonly durationMs!: number | null;

  @Field(() => String, { nullable: true, description: "First 500 characters of the last response." })
  readonly excerpt!: string | null;

  @Field(() => String, { nullable: true, description: "Why the last attempt failed; null if it did not." })
  readonly failure!: string | null;
}

export const deliveryConnection = connectionTypesOf({
  noun: "WebhookDelivery",
  plural: "deliveries of webhooks",
  node: WebhookDeliveryType,
  action: "webhook:read",
});

@Requires("webhook:create")
@ObjectType("CreateWebhookSuccess", { description: "The webhook is created." })
export class CreateWebhookSuccess {
  @Field(() => WebhookType, { description: "The new webhook, which receives events from now on." })
  readonly webhook!: unknown;

  @Field(() => String, { description: "The secret that verifies its messages. It is not shown again." })
  readonly secret!: string;
}

@Requires("webhook:rotate")
@ObjectType("RotateWebhookSecretSuccess", { description: "The webhook has a new secret." })
export class RotateWebhookSecretSuccess {
  @Field(() => WebhookType, { description: "The webhook, which signs with both secrets until the old one expires." })
  readonly webhook!: unknown;

  @Field(() => String, { description: "The new secret. It is not shown again; for a day, messages have a signature by each of the two." })
  readonly secret!: string;
}

@Requires("webhook:change")
@ObjectType("ChangeWebhookSuccess", { description: "The webhook is changed." })
export class ChangeWebhookSuccess {
  @Field(() => WebhookType, { description: "The webhook with its new settings." })
  readonly webhook!: unknown;
}

@Requires("webhook:delete")
@ObjectType("DeleteWebhookSuccess", { description: "The webhook and its deliveries are deleted." })
export class DeleteWebhookSuccess {
  @Field(() => ID, { description: "ID of the deleted webhook." })
  readonly deletedId!: string;
}

@Requires("webhook:test")
@ObjectType("TestWebhookSuccess", { description: "A test delivery is queued." })
export class TestWebhookSuccess {
  @Field(() => WebhookDeliveryType, { description: "The test message, which a worker posts at once." })
  readonly delivery!: unknown;
}

@Requires("webhook:replay")
@ObjectType("ReplayDeliverySuccess", { description: "The delivery is queued again." })
export class ReplayDeliverySuccess {
  @Field(() => WebhookDeliveryType, { description: "A new delivery of the same message." })
  readonly delivery!: unknown;
}

@Requires("webhook:replay")
@ObjectType("ReplayDeliveriesSuccess", { description: "The deliveries are queued again." })
export class ReplayDeliveriesSuccess {
  @Field(() => WebhookType, { description: "The webhook that gets them." })
  readonly webhook!: unknown;

  @Field(() => Int, { description: "Number of deliveries that are sent again." })
  readonly count!: number;
}

const payload = (field: string, name: string, success: new () => object) =>
  payloadOf({ name, description: `Result of \`${field}\`.`, success, missing: true });

export const CreateWebhookPayload = payloadOf({
  name: "CreateWebhookPayload",
  description: "Result of `createWebhook`.",
  success: CreateWebhookSuccess,
  missing: false,
});
export const RotateWebhookSecretPayload = payload("rotateWebhookSecret", "RotateWebhookSecretPayload", RotateWebhookSecretSuccess);
export const ChangeWebhookPayload = payload("changeWebhook", "ChangeWebhookPayload", ChangeWebhookSuccess);
export const DeleteWebhookPayload = payload("deleteWebhook", "DeleteWebhookPayload", DeleteWebhookSuccess);
export const TestWebhookPayload = payload("testWebhook", "TestWebhookPayload", TestWebhookSuccess);
export const ReplayDeliveryPayload = payload("replayDelivery", "ReplayDeliveryPayload", ReplayDeliverySuccess);
export const ReplayDeliveriesPayload = payload("replayDeliveries", "ReplayDeliveriesPayload", ReplayDeliveriesSuccess);
