/** Resolves the mutations that create, change and delete workspaces. */
import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { type Payload, resolvePayload } from "../errors/payload.ts";
import { Requires } from "../policy/requires.ts";
import { CreateWorkspaceInput, RenameWorkspaceInput, TransferWorkspaceInput, WorkspaceInput } from "./workspace.input.ts";
import { CreateWorkspacePayload, type WorkspaceMembershipType, WorkspacePayload } from "./workspace.type.ts";

type Answer = Promise<Payload<{ membership: WorkspaceMembershipType }>>;

function answer(act: () => Promise<WorkspaceMembershipType>): Answer {
  return resolvePayload("WorkspaceSuccess", async () => ({ membership: await act() }));
}

@Resolver()
export class WorkspaceChangeResolver {
  @Requires("workspace:create")
  @Mutation(() => CreateWorkspacePayload, {
    description: "Creates a workspace with the viewer as its owner, and switches to it. At most 10 a day.",
  })
  createWorkspace(
    @Arg("input", () => CreateWorkspaceInput, { description: "Input of `createWorkspace`." }) input: CreateWorkspaceInput,
    @Ctx() { actor, services }: ApiContext,
  ): Answer {
    return answer(() => services.workspaces.create(actor, input.name));
  }

  @Requires("workspace:rename")
  @Mutation(() => WorkspacePayload, { description: "Changes the name of the viewer's workspace." })
  renameWorkspace(
    @Arg("input", () => RenameWorkspaceInput, { description: "Input of `renameWorkspace`." }) input: RenameWorkspaceInput,
    @Ctx() { actor, services }: ApiContext,
  ): Answer {
    return answer(() => services.workspaces.rename(actor, input));
  }

  @Requires("workspace:switch")
  @Mutation(() => WorkspacePayload, {
    description:
      "Stores the session's current workspace. It applies to requests whose address names no workspace; all other requests use the " +
      "workspace in their address. API keys cannot switch.",
  })
  switchWorkspace(
    @Arg("input", () => WorkspaceInput, { description: "A workspace of the viewer." }) input: WorkspaceInput,
    @Ctx() { actor, services }: ApiContext,
  ): Answer {
    return answer(() => services.workspaces.switch(actor, input.workspaceId));
  }

  @Requires("workspace:transfer")
  @Mutation(() => WorkspacePayload, {
    description:
      "Makes another member an owner of the workspace and the viewer a researcher, in one step. The open invitations that the viewer sent are revoked.",
  })
  transferWorkspace(
    @Arg("input", () => TransferWorkspaceInput, { description: "Input of `transferWorkspace`." }) input: TransferWorkspaceInput,
    @Ctx() { actor, services }: ApiContext,
  ): Answer {
    return answer(() => services.workspaces.transfer(actor, input.memberId));
  }

  @Requires("workspace:delete")
  @Mutation(() => WorkspacePayload, {
    description:
      "Hides the viewer's workspace from all members, pauses its runs, and deletes it after 14 days. Until then its owners can restore it.",
  })
  deleteWorkspace(
    @Arg("input", () => WorkspaceInput, { description: "The viewer's current workspace." }) input: WorkspaceInput,
    @Ctx() { actor, services }: ApiContext,
  ): Answer {
    return answer(() => services.workspaces.delete(actor, input.workspaceId));
  }

  @Requires("workspace:restore")
  @Mutation(() => WorkspacePayload, { description: "Brings back a workspace that the viewer owns. Its runs stay paused." })
  restoreWorkspace(
    @Arg("input", () => WorkspaceInput, { description: "A deleted workspace of which the viewer is an owner." }) input: WorkspaceInput,
    @Ctx() { actor, services }: ApiContext,
  ): Answer {
    return answer(() => services.workspaces.restore(actor, input.workspaceId));
  }
}
