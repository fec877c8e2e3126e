/** Resolves what members write about an experiment: its name, description, notes and assignee. */
import type { ExperimentRecord } from "@pareidolia/persistence/lab/experiments/readExperiments";
import type { UserRecord } from "@pareidolia/persistence/workspace/workspaces/readWorkspaces";
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { type Payload, resolvePayload } from "../errors/payload.ts";
import { Requires } from "../policy/requires.ts";
import { UserType } from "../viewer/viewer.type.ts";
import { ExperimentType } from "./experiment.type.ts";
import { UpdateExperimentInput } from "./experimentEditing.input.ts";
import { UpdateExperimentPayload } from "./experimentEditing.type.ts";

@Resolver(() => ExperimentType)
export class ExperimentEditingResolver {
  @Requires("experiment:update")
  @Mutation(() => UpdateExperimentPayload, {
    description: "Changes an experiment's name, description, notes and assignee. Locked experiments refuse it.",
  })
  updateExperiment(
    @Arg("input", () => UpdateExperimentInput, { description: "Input of `updateExperiment`." }) input: UpdateExperimentInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ experiment: ExperimentRecord }>> {
    return resolvePayload("UpdateExperimentSuccess", async () => ({ experiment: await services.experimentEditing.update(actor, input) }));
  }

  @FieldResolver(() => String, {
    description: "Members' notes in Markdown; empty for everyone but members. Clients must not interpret HTML in them.",
  })
  notes(@Root() experiment: ExperimentRecord, @Ctx() { actor, services }: ApiContext): string {
    return services.viewer.mayReadUsersOf(actor, experiment) ? experiment.notes : "";
  }

  @FieldResolver(() => UserType, {
    nullable: true,
    description: "Member to whom the experiment is assigned; null for everyone but members.",
  })
  async assignee(@Root() experiment: ExperimentRecord, @Ctx() { actor, services, loaders }: ApiContext): Promise<UserRecord | null> {
    const { assigneeId } = experiment;
    return assigneeId !== null && services.viewer.mayReadUsersOf(actor, experiment) ? loaders.user.load(assigneeId) : null;
  }
}
