/** Resolves what people do to runs. */
import type { RunRecord } from "@pareidolia/persistence/queries/runQueries";
import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { answer, type Payload } from "../errors/payload.ts";
import { Requires } from "../policy/requires.ts";
import { RunInput, StartRunInput } from "./run.input.ts";
import { CancelRunPayload, PauseRunPayload, ResumeRunPayload, StartRunPayload } from "./run.type.ts";

type RunPayload = Promise<Payload<{ run: RunRecord }>>;

@Resolver()
export class RunControlResolver {
  @Requires("run:start")
  @Mutation(() => StartRunPayload, { description: "Queues a run; a worker takes it at once if one is free." })
  startRun(
    @Arg("input", () => StartRunInput, { description: "What to run." }) input: StartRunInput,
    @Ctx() { actor, services }: ApiContext,
  ): RunPayload {
    return answer("StartRunSuccess", async () => ({ run: await services.runControl.start(actor, input) }));
  }

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
