/** Resolves what people do to runs. */
import type { RunRecord } from "@pareidolia/persistence/queries/runQueries";
import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { answer, type Payload } from "../errors/payload.ts";
import { Requires } from "../policy/requires.ts";
import { RunInput } from "./run.input.ts";
import { CancelRunPayload, PauseRunPayload, ResumeRunPayload } from "./run.type.ts";

type RunPayload = Promise<Payload<{ run: RunRecord }>>;

@Resolver()
export class RunControlResolver {
  @Requires("run:pause")
  @Mutation(() => PauseRunPayload, { description: "Stops a run at a checkpoint, to be resumed." })
  pauseRun(@Arg("input", () => RunInput, { description: "Which." }) input: RunInput, @Ctx() { actor, services }: ApiContext): RunPayload {
    return answer("PauseRunSuccess", async () => ({ run: await services.runControl.pause(actor, input.runId) }));
  }

  @Requires("run:resume")
  @Mutation(() => ResumeRunPayload, { description: "Lets a paused, failed or crashed run go on from its last checkpoint." })
  resumeRun(@Arg("input", () => RunInput, { description: "Which." }) input: RunInput, @Ctx() { actor, services }: ApiContext): RunPayload {
    return answer("ResumeRunSuccess", async () => ({ run: await services.runControl.resume(actor, input.runId) }));
  }

  @Requires("run:cancel")
  @Mutation(() => CancelRunPayload, { description: "Ends a run for good; what it stored stays." })
  cancelRun(@Arg("input", () => RunInput, { description: "Which." }) input: RunInput, @Ctx() { actor, services }: ApiContext): RunPayload {
    return answer("CancelRunSuccess", async () => ({ run: await services.runControl.cancel(actor, input.runId) }));
  }
}
