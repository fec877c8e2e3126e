/** Resolves the mutations of sweeps, and the subscription to their changes. */
import type { SweepRecord } from "@pareidolia/persistence/lab/sweeps/readSweeps";
import { Arg, Ctx, ID, Mutation, Resolver, Root, Subscription } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { type Payload, resolvePayload } from "../errors/payload.ts";
import { Requires } from "../policy/requires.ts";
import { ChangeSweepInput, StartSweepInput, SweepInput } from "./sweep.input.ts";
import {
  CancelSweepPayload,
  ChangeSweepPayload,
  PauseSweepPayload,
  ResumeSweepPayload,
  StartSweepPayload,
  SweepType,
} from "./sweep.type.ts";

type SweepPayload = Promise<Payload<{ sweep: SweepRecord }>>;

@Resolver()
export class SweepControlResolver {
  @Requires("sweep:start")
  @Mutation(() => StartSweepPayload, {
    description: "Creates all runs of a sweep. They start as slots become free, in the order of their seeds.",
  })
  startSweep(
    @Arg("input", () => StartSweepInput, { description: "The sweep to start." }) input: StartSweepInput,
    @Ctx() { actor, services }: ApiContext,
  ): SweepPayload {
    return resolvePayload("StartSweepSuccess", async () => ({
      sweep: await services.sweeps.get(actor, await services.sweepLauncher.start(actor, input)),
    }));
  }

  @Requires("sweep:pause")
  @Mutation(() => PauseSweepPayload, { description: "Pauses a sweep and its running runs. `resumeSweep` continues it." })
  pauseSweep(
    @Arg("input", () => SweepInput, { description: "The sweep to pause." }) input: SweepInput,
    @Ctx() { actor, services }: ApiContext,
  ): SweepPayload {
    return resolvePayload("PauseSweepSuccess", async () => ({ sweep: await services.sweeps.pause(actor, input.sweepId) }));
  }

  @Requires("sweep:resume")
  @Mutation(() => ResumeSweepPayload, { description: "Resumes a sweep with all its paused runs." })
  resumeSweep(
    @Arg("input", () => SweepInput, { description: "The sweep to resume." }) input: SweepInput,
    @Ctx() { actor, services }: ApiContext,
  ): SweepPayload {
    return resolvePayload("ResumeSweepSuccess", async () => ({ sweep: await services.sweeps.resume(actor, input.sweepId) }));
  }

  @Requires("sweep:cancel")
  @Mutation(() => CancelSweepPayload, {
    description: "Cancels a sweep with all its runs that have not ended. Results are kept; it cannot be resumed.",
  })
  cancelSweep(
    @Arg("input", () => SweepInput, { description: "The sweep to cancel." }) input: SweepInput,
    @Ctx() { actor, services }: ApiContext,
  ): SweepPayload {
    return resolvePayload("CancelSweepSuccess", async () => ({ sweep: await services.sweeps.cancel(actor, input.sweepId) }));
  }

  @Requires("sweep:change")
  @Mutation(() => ChangeSweepPayload, { description: "Replaces the budgets and the place in the queue of a sweep that has not ended." })
  changeSweep(
    @Arg("input", () => ChangeSweepInput, { description: "Input of `changeSweep`." }) input: ChangeSweepInput,
    @Ctx() { actor, services }: ApiContext,
  ): SweepPayload {
    return resolvePayload("ChangeSweepSuccess", async () => ({ sweep: await services.sweeps.change(actor, input) }));
  }

  @Requires("sweep:read")
  @Subscription(() => SweepType, {
    description: "The sweep now, and after each change of it or of its runs, at most twice a second.",
    subscribe: async ({ args, context }) => {
      const { actor, services } = context as ApiContext;
      return services.sweeps.follow(actor, (args as { sweepId: string }).sweepId);
    },
  })
  sweepChanges(
    @Root() sweep: SweepRecord,
    @Arg("sweepId", () => ID, { description: "ID of the sweep, or its key such as SWP-7." }) _sweepId: string,
    @Ctx() context: ApiContext,
  ): SweepRecord {
    context.loaders = context.createLoaders();
    return sweep;
  }
}
