/** Changes to workspaces. Each names its workspace, so that a page that was opened before a switch does not change another one. */
import { Field, ID, InputType } from "type-graphql";
import { previousValue } from "../tracking/previousValue.ts";

@InputType("CreateWorkspaceInput", { description: "Input of `createWorkspace`." })
export class CreateWorkspaceInput {
  @Field(() => String, { description: "Name of the workspace: 1 to 80 characters." })
  name!: string;
}

@InputType("RenameWorkspaceInput", { description: "Input of `renameWorkspace`." })
export class RenameWorkspaceInput {
  @Field(() => ID, { description: "ID of the viewer's current workspace." })
  workspaceId!: string;

  @Field(() => String, { description: "The new name: 1 to 80 characters." })
  name!: string;

  @Field(() => String, previousValue("The name"))
  previousName?: string | null;
}

@InputType("TransferWorkspaceInput", { description: "Input of `transferWorkspace`." })
export class TransferWorkspaceInput {
  @Field(() => ID, { description: "ID of the member who becomes an owner." })
  memberId!: string;
}

@InputType("WorkspaceInput", { description: "Input of mutations that only name a workspace." })
export class WorkspaceInput {
  @Field(() => ID, { description: "ID of the workspace." })
  workspaceId!: string;
}
