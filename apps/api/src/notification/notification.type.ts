/** What happened in the workspace that concerns a member, the member's choices, and the payloads of their mutations. */
import { type NotificationKind, notificationKinds } from "@pareidolia/core/notifications/notificationKinds";
import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { payloadOf } from "../errors/payload.ts";
import { NodeInterface } from "../node/node.type.ts";
import { connectionTypesOf } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";

export const NotificationKindEnum = Object.fromEntries(notificationKinds.map((kind) => [kind, kind])) as {
  readonly [Kind in NotificationKind]: Kind;
};

registerEnumType(NotificationKindEnum, {
  name: "NotificationKind",
  description: "Kind of a notification.",
  valuesConfig: {
    RUN_SUCCEEDED: { description: "A run that is not part of a sweep has succeeded." },
    RUN_CANCELLED: { description: "A run that is not part of a sweep was cancelled." },
    RUN_FAILED: { description: "A run has failed, also one of a sweep." },
    RUN_PAUSED: { description: "An outage has paused a run, which continues by itself once the outage is over." },
    SWEEP_RUN_SUCCEEDED: { description: "A run of a sweep has succeeded." },
    SWEEP_RUN_CANCELLED: { description: "A run of a sweep was cancelled." },
    SWEEP_PAUSED: { description: "A sweep has spent its budget, and is paused until a member resumes or cancels it." },
    SWEEP_ENDED: { description: "All runs of a sweep have ended, or the sweep was cancelled." },
    STUDY_ENDED: { description: "A study is closed." },
    ASSIGNED: { description: "A run or an experiment was assigned to the member." },
    MENTIONED: { description: "A comment names the member, as in @Full Name." },
    COMMENTED: { description: "A comment was written on what the member follows." },
    WEBHOOK_DISABLED: { description: "A webhook was turned off after days of failed deliveries." },
  },
});

@Requires("notification:read")
@ObjectType("Notification", { implements: NodeInterface, description: "What happened in the workspace that concerns the viewer." })
export class NotificationType extends NodeInterface {
  @Field(() => NotificationKindEnum, { description: "What kind of event it is about." })
  readonly kind!: NotificationKind;

  @Field(() => String, { nullable: true, description: "Key of what it is about, such as RUN-142; null once that is deleted." })
  readonly subjectKey!: string | null;

  @Field(() => String, { description: "Name of what it is about; empty for a run without a name of its own." })
  readonly subjectName!: string;

  @Field(() => String, { description: "The reason, or the start of the comment. May be empty." })
  readonly detail!: string;

  @Field(() => DateTimeScalar, { description: "When it happened." })
  readonly createdAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: "When the viewer marked it as read; null before." })
  readonly readAt!: Date | null;
}

export const notificationConnection = connectionTypesOf({
  noun: "Notification",
  plural: "notifications",
  node: NotificationType,
  action: "notification:read",
});

@Requires("notification:read")
@ObjectType("NotificationChoice", { description: "Where the viewer gets the notifications of a kind." })
export class NotificationChoiceType {
  @Field(() => NotificationKindEnum, { description: "The events that this choice concerns." })
  readonly kind!: NotificationKind;

  @Field(() => Boolean, { description: "Whether the product lists them." })
  readonly product!: boolean;

  @Field(() => Boolean, { description: "Whether e-mails say them, one message for the events of a few minutes." })
  readonly email!: boolean;

  @Field(() => Boolean, { description: "Whether the viewer's own webhooks get them." })
  readonly webhook!: boolean;
}

@Requires("notification:read")
@ObjectType("NotificationSettings", { description: "The viewer's choices for this workspace." })
export class NotificationSettingsType {
  @Field(() => [NotificationChoiceType], { description: "One for each kind." })
  readonly choices!: readonly NotificationChoiceType[];

  @Field(() => String, { nullable: true, description: "Why no e-mails are sent, whatever is chosen; null if they are." })
  readonly emailProblem!: string | null;

  @Field(() => String, { nullable: true, description: "Why webhooks get nothing, whatever is chosen; null if they do." })
  readonly webhookProblem!: string | null;
}

@Requires("notification:read")
@ObjectType("NotificationChange", { description: "How many notifications the viewer has not read." })
export class NotificationChangeType {
  @Field(() => Int, { description: "Number of unread notifications; the count stops at 100." })
  readonly unread!: number;

  @Field(() => NotificationType, { nullable: true, description: "The latest one; null if there is none." })
  readonly latest!: unknown;
}

@Requires("notification:mark")
@ObjectType("MarkNotificationsSuccess", { description: "The notifications are marked." })
export class MarkNotificationsSuccess {
  @Field(() => [NotificationType], { description: "The notifications that were named." })
  readonly notifications!: unknown;

  @Field(() => Int, { description: "Number of notifications that are still unread; the count stops at 100." })
  readonly unread!: number;
}

@Requires("notification:mark")
@ObjectType("MarkAllNotificationsReadSuccess", { description: "All are marked as read." })
export class MarkAllNotificationsReadSuccess {
  @Field(() => [ID], { description: "IDs of those that were unread; `markNotifications` makes them unread again." })
  readonly ids!: readonly string[];

  @Field(() => Int, { description: "Number of notifications that are still unread; the count stops at 100." })
  readonly unread!: number;
}

@Requires("notification:choose")
@ObjectType("ChooseNotificationsSuccess", { description: "The choice is stored." })
export class ChooseNotificationsSuccess {
  @Field(() => NotificationSettingsType, { description: "All choices." })
  readonly settings!: NotificationSettingsType;
}

export const MarkNotificationsPayload = payloadOf({
  name: "MarkNotificationsPayload",
  description: "Result of `markNotifications`.",
  success: MarkNotificationsSuccess,
  missing: true,
});

export const MarkAllNotificationsReadPayload = payloadOf({
  name: "MarkAllNotificationsReadPayload",
  description: "Result of `markAllNotificationsRead`.",
  success: MarkAllNotificationsReadSuccess,
  missing: false,
});

export const ChooseNotificationsPayload = payloadOf({
  name: "ChooseNotificationsPayload",
  description: "Result of `chooseNotifications`.",
  success: ChooseNotificationsSuccess,
  missing: false,
});
