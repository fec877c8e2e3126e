/** Resolves the mutations that pause, resume and cancel runs. */
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { type Payload, resolvePayload } from "../errors/payload.ts";
import { Requires } from "../policy/requires.ts";
import { RunInput } from "./run.input.ts";
import { CancelRunPayload, PauseRunPayload, ResumeRunPayload } from "./run.type.ts";

type RunPayload = Promise<Payload<{ run: RunRecord }>>;

@Resolver()
export class RunControlResolver {
  @Requires("run:pause")
  @Mutation(() => PauseRunPayload, { description: "Pauses a run at its next checkpoint. `resumeRun` continues it." })
  pauseRun(
    @Arg("input", () => RunInput, { description: "The run to pause." }) input: RunInput,
    @Ctx() { actor, services }: ApiContext,
  ): RunPayload {
    return resolvePayload("PauseRunSuccess", async () => ({ run: await services.runControl.pause(actor, input.runId) }));
  }

  @Requires("run:resume")
  @Mutation(() => ResumeRunPayload, { description: "Resumes a paused, failed or crashed run from its last checkpoint." })
  resumeRun(
    @Arg("input", () => RunInput, { description: "The run to resume." }) input: RunInput,
    @Ctx() { actor, services }: ApiContext,
  ): RunPayload {
    return resolvePayload("ResumeRunSuccess", async () => ({ run: await services.runControl.resume(actor, input.runId) }));
  }

  @Requires("run:cancel")
  @Mutation(() => CancelRunPayload, {
    description: "Cancels a run that is queued, running, paused or crashed. It cannot be resumed; its results are kept.",
  })
  cancelRun(
    @Arg("input", () => RunInput, { description: "The run to cancel." }) input: RunInput,
    @Ctx() { actor, services }: ApiContext,
  ): RunPayload {
    return resolvePayload("CancelRunSuccess", async () => ({ run: await services.runControl.cancel(actor, input.runId) }));
  }
}
