/** Resolves what members write about a run: its name, notes and assignee. */
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import type { UserRecord } from "@pareidolia/persistence/workspace/workspaces/readWorkspaces";
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { type Payload, resolvePayload } from "../errors/payload.ts";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";
import { UserType } from "../viewer/viewer.type.ts";
import { RunType } from "./run.type.ts";
import { RenameRunInput, UpdateRunInput } from "./runEditing.input.ts";
import { RenameRunPayload, UpdateRunPayload } from "./runEditing.type.ts";

@Resolver(() => RunType)
export class RunEditingResolver {
  @Requires("run:rename")
  @Mutation(() => RenameRunPayload, { description: "Renames a run. An empty name restores the one made of method, model and preset." })
  renameRun(
    @Arg("input", () => RenameRunInput, { description: "Input of `renameRun`." }) input: RenameRunInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ run: RunRecord }>> {
    return resolvePayload("RenameRunSuccess", async () => ({ run: await services.runEditing.rename(actor, input) }));
  }

  @Requires("run:update")
  @Mutation(() => UpdateRunPayload, { description: "Changes a run's notes and assignee. Locked runs refuse it." })
  updateRun(
    @Arg("input", () => UpdateRunInput, { description: "Input of `updateRun`." }) input: UpdateRunInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ run: RunRecord }>> {
    return resolvePayload("UpdateRunSuccess", async () => ({ run: await services.runEditing.update(actor, input) }));
  }

  @FieldResolver(() => String, { description: "The name that a member gave the run; empty without one." })
  givenName(@Root() run: RunRecord): string {
    return run.givenName;
  }

  @FieldResolver(() => String, {
    description: "Members' notes in Markdown; empty for everyone but members. Clients must not interpret HTML in them.",
  })
  notes(@Root() run: RunRecord, @Ctx() { actor, services }: ApiContext): string {
    return services.viewer.mayReadUsersOf(actor, run) ? run.notes : "";
  }

  @FieldResolver(() => UserType, { nullable: true, description: "Member to whom the run is assigned; null for everyone but members." })
  async assignee(@Root() run: RunRecord, @Ctx() { actor, services, loaders }: ApiContext): Promise<UserRecord | null> {
    return run.assigneeId !== null && services.viewer.mayReadUsersOf(actor, run) ? loaders.user.load(run.assigneeId) : null;
  }

  @FieldResolver(() => DateTimeScalar, { nullable: true, description: "When the run was archived; null if it is not archived." })
  archivedAt(@Root() run: RunRecord): Date | null {
    return run.archivedAt;
  }
}
