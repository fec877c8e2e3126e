/** Resolves the deletion of runs. */
import type { RunContents } from "@pareidolia/persistence/runs/deleteRun";
import type { RunRecord } from "@pareidolia/persistence/runs/readRuns";
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { type Payload, resolvePayload } from "../errors/payload.ts";
import { encodeGlobalId } from "../globalId/globalId.ts";
import { computationCost } from "../limits/costs.ts";
import { Requires } from "../policy/requires.ts";
import { RunInput } from "./run.input.ts";
import { RunType } from "./run.type.ts";
import { DeleteRunPayload, RunContentsType } from "./runDeletion.type.ts";

@Resolver(() => RunType)
export class RunDeletionResolver {
  @Requires("run:delete")
  @Mutation(() => DeleteRunPayload, {
    description: "Deletes a run that failed, crashed or was cancelled, with everything in `Run.contents`. This cannot be undone.",
    deprecationReason: "Use trashRuns, which can be undone, and deleteFromTrash.",
  })
  deleteRun(
    @Arg("input", () => RunInput, { description: "The run to delete." }) input: RunInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ deletedId: string; deleted: RunContents }>> {
    return resolvePayload("DeleteRunSuccess", async () => {
      const { run, contents } = await services.runDeletion.delete(actor, input.runId);
      return { deletedId: encodeGlobalId("Run", run.id), deleted: contents };
    });
  }

  @FieldResolver(() => RunContentsType, {
    complexity: computationCost,
    description: "Numbers of stored items that `deleteRun` would delete with the run.",
  })
  contents(@Root() run: RunRecord, @Ctx() { loaders }: ApiContext): Promise<RunContents> {
    return loaders.runContents.load(run);
  }
}
