/** Inputs of the queries and mutations of notifications. */
import type { NotificationKind } from "@pareidolia/core/notifications/notificationKinds";
import { ArgsType, Extensions, Field, ID, InputType } from "type-graphql";
import { ConnectionArguments } from "../pagination/connectionArguments.ts";
import { DateTimeScalar } from "../scalars.ts";
import { NotificationKindEnum } from "./notification.type.ts";

export const maxMarked = 500;

@InputType("NotificationFilter", { description: "Conditions on notifications. All must hold; a null condition is ignored." })
export class NotificationFilter {
  @Field(() => Boolean, { nullable: true, description: "True for unread ones, false for read ones. Default: all." })
  unread?: boolean | null;
}

@ArgsType()
export class NotificationArguments extends ConnectionArguments {
  @Field(() => NotificationFilter, { nullable: true, description: "Lists only notifications that match all conditions." })
  filter?: NotificationFilter | null;
}

@InputType("MarkNotificationsInput", { description: "Input of `markNotifications`." })
export class MarkNotificationsInput {
  @Extensions({ longest: maxMarked })
  @Field(() => [ID], { description: `IDs of the notifications: at most ${maxMarked}.` })
  notificationIds!: string[];

  @Field(() => Boolean, { description: "Whether they are read." })
  read!: boolean;
}

@InputType("MarkAllNotificationsReadInput", { description: "Input of `markAllNotificationsRead`." })
export class MarkAllNotificationsReadInput {
  @Field(() => DateTimeScalar, { description: "Time of the latest notification that the viewer has seen: later ones stay unread." })
  until!: Date;
}

@InputType("ChooseNotificationsInput", { description: "Input of `chooseNotifications`: a missing channel stays as it is." })
export class ChooseNotificationsInput {
  @Field(() => NotificationKindEnum, { description: "The events to choose channels for." })
  kind!: NotificationKind;

  @Field(() => Boolean, { nullable: true, description: "Whether the product lists them." })
  product?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: "Whether e-mails say them." })
  email?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: "Whether the viewer's own webhooks get them." })
  webhook?: boolean | null;
}
