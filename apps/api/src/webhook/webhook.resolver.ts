/** Resolves webhooks and their deliveries. */
import type { DeliveryRecord, WebhookRecord } from "@pareidolia/persistence/workspace/webhooks/readWebhooks";
import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, FieldResolver, ID, Info, Mutation, Query, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { type Payload, resolvePayload } from "../errors/payload.ts";
import { encodeGlobalId } from "../globalId/globalId.ts";
import { statementCost } from "../limits/costs.ts";
import type { Connection } from "../pagination/connection.ts";
import { ConnectionArguments } from "../pagination/connectionArguments.ts";
import { Requires } from "../policy/requires.ts";
import { ChangeWebhookInput, CreateWebhookInput, ReplayDeliveriesInput, ReplayDeliveryInput, WebhookInput } from "./webhook.input.ts";
import {
  ChangeWebhookPayload,
  CreateWebhookPayload,
  DeleteWebhookPayload,
  deliveryConnection,
  ReplayDeliveriesPayload,
  ReplayDeliveryPayload,
  RotateWebhookSecretPayload,
  TestWebhookPayload,
  WebhookDeliveryType,
  WebhookType,
} from "./webhook.type.ts";

type Secret = Promise<Payload<{ webhook: WebhookRecord; secret: string }>>;

@Resolver(() => WebhookType)
export class WebhookResolver {
  @Requires("webhook:read")
  @Query(() => [WebhookType], { description: "The viewer's own webhooks, and for owners those of the workspace, oldest first." })
  webhooks(@Ctx() { actor, services }: ApiContext): Promise<WebhookRecord[]> {
    return services.webhooks.list(actor);
  }

  @Requires("webhook:create")
  @Mutation(() => CreateWebhookPayload, { description: "Creates a webhook and its secret." })
  createWebhook(
    @Arg("input", () => CreateWebhookInput, { description: "Input of `createWebhook`." }) input: CreateWebhookInput,
    @Ctx() { actor, services }: ApiContext,
    @Info() { schema }: GraphQLResolveInfo,
  ): Secret {
    return resolvePayload("CreateWebhookSuccess", () => services.webhooks.create(actor, input, schema));
  }

  @Requires("webhook:change")
  @Mutation(() => ChangeWebhookPayload, { description: "Changes, pauses or resumes a webhook." })
  changeWebhook(
    @Arg("input", () => ChangeWebhookInput, { description: "Input of `changeWebhook`." }) input: ChangeWebhookInput,
    @Ctx() { actor, services }: ApiContext,
    @Info() { schema }: GraphQLResolveInfo,
  ): Promise<Payload<{ webhook: WebhookRecord }>> {
    return resolvePayload("ChangeWebhookSuccess", async () => ({ webhook: await services.webhooks.change(actor, input, schema) }));
  }

  @Requires("webhook:rotate")
  @Mutation(() => RotateWebhookSecretPayload, { description: "Replaces the secret. The present one signs too for a day." })
  rotateWebhookSecret(
    @Arg("input", () => WebhookInput, { description: "The webhook." }) input: WebhookInput,
    @Ctx() { actor, services }: ApiContext,
  ): Secret {
    return resolvePayload("RotateWebhookSecretSuccess", () => services.webhooks.rotate(actor, input.webhookId));
  }

  @Requires("webhook:delete")
  @Mutation(() => DeleteWebhookPayload, { description: "Deletes a webhook and its deliveries. This cannot be undone." })
  deleteWebhook(
    @Arg("input", () => WebhookInput, { description: "The webhook." }) input: WebhookInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ deletedId: string }>> {
    return resolvePayload("DeleteWebhookSuccess", async () => {
      const { id } = await services.webhooks.delete(actor, input.webhookId);
      return { deletedId: encodeGlobalId("Webhook", id) };
    });
  }

  @Requires("webhook:test")
  @Mutation(() => TestWebhookPayload, { description: "Sends a test event." })
  testWebhook(
    @Arg("input", () => WebhookInput, { description: "The webhook." }) input: WebhookInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ delivery: DeliveryRecord }>> {
    return resolvePayload("TestWebhookSuccess", async () => ({ delivery: await services.webhooks.test(actor, input.webhookId) }));
  }

  @Requires("webhook:replay")
  @Mutation(() => ReplayDeliveryPayload, { description: "Sends a delivery again, with the same webhook-id and body." })
  replayDelivery(
    @Arg("input", () => ReplayDeliveryInput, { description: "Input of `replayDelivery`." }) input: ReplayDeliveryInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ delivery: DeliveryRecord }>> {
    return resolvePayload("ReplayDeliverySuccess", async () => ({ delivery: await services.webhooks.replay(actor, input.deliveryId) }));
  }

  @Requires("webhook:replay")
  @Mutation(() => ReplayDeliveriesPayload, {
    description: "Resends all failed deliveries of events since a time, with the same webhook-ids and bodies.",
  })
  replayDeliveries(
    @Arg("input", () => ReplayDeliveriesInput, { description: "Input of `replayDeliveries`." }) input: ReplayDeliveriesInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ webhook: WebhookRecord; count: number }>> {
    return resolvePayload("ReplayDeliveriesSuccess", () => services.webhooks.replayFailed(actor, input.webhookId, input.since));
  }

  @FieldResolver(() => ID, { description: "ID of the webhook: opaque, and unique across all types." })
  id(@Root() webhook: WebhookRecord): string {
    return encodeGlobalId("Webhook", webhook.id);
  }

  @FieldResolver(() => Boolean, { description: "Whether it is the viewer's own; otherwise it is the workspace's." })
  personal(@Root() { createdById }: WebhookRecord): boolean {
    return createdById !== null;
  }

  @FieldResolver(() => deliveryConnection.connection, { description: "Its deliveries, latest first.", complexity: statementCost })
  deliveries(
    @Root() webhook: WebhookRecord,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<DeliveryRecord>> {
    return services.webhooks.deliveries(actor, webhook, args);
  }
}

@Resolver(() => WebhookDeliveryType)
export class WebhookDeliveryResolver {
  @FieldResolver(() => ID, { description: "ID of the delivery: opaque, and unique across all types." })
  id(@Root() delivery: DeliveryRecord): string {
    return encodeGlobalId("WebhookDelivery", delivery.id);
  }

  @FieldResolver(() => String, { description: "The message's webhook-id, the same for every attempt." })
  messageId(@Root() delivery: DeliveryRecord): string {
    return delivery.id;
  }
}
