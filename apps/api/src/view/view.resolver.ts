/** Resolves saved views. */
import type { ViewRecord } from "@pareidolia/persistence/lab/views/readViews";
import type { UserRecord } from "@pareidolia/persistence/workspace/workspaces/readWorkspaces";
import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { type Payload, resolvePayload } from "../errors/payload.ts";
import { encodeGlobalId, viewKey } from "../globalId/globalId.ts";
import { statementCost } from "../limits/costs.ts";
import { Requires } from "../policy/requires.ts";
import { SearchSubject } from "../search/search.input.ts";
import { SearchProblemType } from "../search/search.type.ts";
import { UserType } from "../viewer/viewer.type.ts";
import { CreateViewInput, SetDefaultViewInput, UpdateViewInput, ViewInput } from "./view.input.ts";
import {
  CreateViewPayload,
  DeleteViewPayload,
  RestoreViewPayload,
  SetDefaultViewPayload,
  UpdateViewPayload,
  ViewType,
} from "./view.type.ts";

const listOf = { RUNS: "runs", EXPERIMENTS: "experiments", IMAGES: "images" } as const;

@Resolver(() => ViewType)
export class ViewResolver {
  @Requires("view:read")
  @Query(() => [ViewType], { complexity: statementCost, description: "Your own saved views of a list and those shared with you, by name." })
  views(
    @Arg("list", () => SearchSubject, { description: "The list whose saved views are read." }) list: SearchSubject,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<ViewRecord[]> {
    return services.views.list(actor, list);
  }

  @Requires("view:create")
  @Mutation(() => CreateViewPayload, { description: "Saves a view of a list." })
  createView(
    @Arg("input", () => CreateViewInput, { description: "Input of `createView`." }) input: CreateViewInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ view: ViewRecord }>> {
    return resolvePayload("ViewSuccess", async () => ({ view: await services.views.create(actor, input) }));
  }

  @Requires("view:change")
  @Mutation(() => UpdateViewPayload, {
    description: "Renames a view, shares it, makes it private, or changes what it shows. Only for who saved it, and owners.",
  })
  updateView(
    @Arg("input", () => UpdateViewInput, { description: "Input of `updateView`." }) input: UpdateViewInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ view: ViewRecord }>> {
    return resolvePayload("ViewSuccess", async () => ({ view: await services.views.update(actor, input) }));
  }

  @Requires("view:delete")
  @Mutation(() => DeleteViewPayload, { description: "Deletes a view. Only for who saved it, and owners." })
  deleteView(
    @Arg("input", () => ViewInput, { description: "The view." }) input: ViewInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ deletedId: string }>> {
    return resolvePayload("DeleteViewSuccess", async () => {
      const { id } = await services.views.delete(actor, input.viewId);
      return { deletedId: encodeGlobalId("View", id) };
    });
  }

  @Requires("view:restore")
  @Mutation(() => RestoreViewPayload, { description: "Restores a view that was deleted within the last hour." })
  restoreView(
    @Arg("input", () => ViewInput, { description: "The view." }) input: ViewInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ view: ViewRecord }>> {
    return resolvePayload("ViewSuccess", async () => ({ view: await services.views.restore(actor, input.viewId) }));
  }

  @Requires("view:choose")
  @Mutation(() => SetDefaultViewPayload, { description: "Sets the view with which a list opens for you." })
  setDefaultView(
    @Arg("input", () => SetDefaultViewInput, { description: "Input of `setDefaultView`." }) input: SetDefaultViewInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ view: ViewRecord | null }>> {
    return resolvePayload("SetDefaultViewSuccess", async () => ({ view: await services.views.setDefault(actor, input) }));
  }

  @FieldResolver(() => ID, { description: "Opaque ID, unique across all types." })
  id(@Root() view: ViewRecord): string {
    return encodeGlobalId("View", view.id);
  }

  @FieldResolver(() => String, { description: "Key of the view, such as VIEW-7. Arguments that take the ID of a view accept it too." })
  key(@Root() view: ViewRecord): string {
    return viewKey(view.number);
  }

  @FieldResolver(() => SearchSubject, { description: "The list that it is a view of." })
  list(@Root() view: ViewRecord): SearchSubject {
    return listOf[view.list];
  }

  @FieldResolver(() => UserType, { nullable: true, description: "Who saved it." })
  createdBy(@Root() view: ViewRecord, @Ctx() { loaders }: ApiContext): Promise<UserRecord | null> {
    return loaders.user.load(view.createdById);
  }

  @FieldResolver(() => Boolean, { description: "Whether you may rename, change, share and delete it." })
  mayEdit(@Root() view: ViewRecord, @Ctx() { actor, services }: ApiContext): boolean {
    return services.views.mayEdit(actor, view);
  }

  @FieldResolver(() => Boolean, { description: "Whether the list opens with it for you." })
  isDefault(@Root() view: ViewRecord, @Ctx() { loaders }: ApiContext): Promise<boolean> {
    return loaders.defaultView.load(view.id);
  }

  @FieldResolver(() => SearchProblemType, {
    nullable: true,
    description: "Why its search no longer finds what it says: a field, a value or a tag that does not exist any more. Null: it does.",
  })
  problem(@Root() view: ViewRecord, @Ctx() { loaders }: ApiContext): Promise<SearchProblemType | null> {
    return loaders.viewProblem.load(view);
  }
}
