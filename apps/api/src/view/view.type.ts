/** A saved view of a list, and the payloads of its mutations. */
import { Field, ID, ObjectType } from "type-graphql";
import { payloadOf } from "../errors/payload.ts";
import { NodeInterface } from "../node/node.type.ts";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";
import { SearchSubject } from "../search/search.input.ts";

@Requires("view:read")
@ObjectType("View", {
  implements: NodeInterface,
  description: "A saved search with columns, grouping and order, such as VIEW-7: private, or shared with the workspace.",
})
export class ViewType extends NodeInterface {
  @Field(() => SearchSubject, { description: "The list that it is a view of." })
  readonly list!: string;

  @Field(() => String, { description: "What its tab shows." })
  readonly name!: string;

  @Field(() => String, { description: "In the search language." })
  readonly search!: string;

  @Field(() => [String], {
    description: "Names of the columns in their order. A name that no list knows any more is left out when the view opens.",
  })
  readonly columns!: readonly string[];

  @Field(() => [String], { description: "The fields by which rows are grouped; empty if they are not." })
  readonly groupBy!: readonly string[];

  @Field(() => String, { description: "A column; with a minus sign before it, descending." })
  readonly sort!: string;

  @Field(() => Boolean, { description: "Whether all members of the workspace see it." })
  readonly shared!: boolean;

  @Field(() => DateTimeScalar, { description: "When it was first saved." })
  readonly createdAt!: Date;

  @Field(() => DateTimeScalar, { description: "When it last changed." })
  readonly updatedAt!: Date;
}

@Requires("view:read")
@ObjectType("ViewSuccess", { description: "The saved, changed or restored view." })
export class ViewSuccess {
  @Field(() => ViewType, { description: "The view as it is stored now." })
  readonly view!: unknown;
}

@Requires("view:delete")
@ObjectType("DeleteViewSuccess", { description: "The view is deleted. `restoreView` brings it back for an hour." })
export class DeleteViewSuccess {
  @Field(() => ID, { description: "ID of the deleted view." })
  readonly deletedId!: string;
}

@Requires("view:choose")
@ObjectType("SetDefaultViewSuccess", { description: "The list opens with this view for you." })
export class SetDefaultViewSuccess {
  @Field(() => ViewType, { nullable: true, description: "The view; null if the list opens without one." })
  readonly view!: unknown;
}

const ofView = { success: ViewSuccess, missing: true };

export const CreateViewPayload = payloadOf({
  ...ofView,
  name: "CreateViewPayload",
  description: "Result of `createView`.",
  missing: false,
});
export const UpdateViewPayload = payloadOf({ ...ofView, name: "UpdateViewPayload", description: "Result of `updateView`." });
export const RestoreViewPayload = payloadOf({ ...ofView, name: "RestoreViewPayload", description: "Result of `restoreView`." });
export const DeleteViewPayload = payloadOf({
  name: "DeleteViewPayload",
  description: "Result of `deleteView`.",
  success: DeleteViewSuccess,
  missing: true,
});
export const SetDefaultViewPayload = payloadOf({
  name: "SetDefaultViewPayload",
  description: "Result of `setDefaultView`.",
  success: SetDefaultViewSuccess,
  missing: true,
});
