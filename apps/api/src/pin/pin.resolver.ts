/** Resolves pins, and whether a run or experiment is pinned. */
import type { ExperimentRecord } from "@pareidolia/persistence/lab/experiments/readExperiments";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { type Payload, resolvePayload } from "../errors/payload.ts";
import { ExperimentType } from "../experiment/experiment.type.ts";
import { Requires } from "../policy/requires.ts";
import { RunType } from "../run/run.type.ts";
import { PinInput } from "./pin.input.ts";
import type { Pinnable } from "./pin.service.ts";
import { PinPayload } from "./pin.type.ts";

@Resolver()
export class PinResolver {
  @Requires("pin:set")
  @Mutation(() => PinPayload, { description: "Keeps a run or experiment at the top of your own lists; at most 100 of each." })
  pin(
    @Arg("input", () => PinInput, { description: "What to pin." }) input: PinInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<Pinnable>> {
    return resolvePayload("PinSuccess", () => services.pins.set(actor, input.subjectId, true));
  }

  @Requires("pin:set")
  @Mutation(() => PinPayload, { description: "Takes a run or experiment from the top of your own lists." })
  unpin(
    @Arg("input", () => PinInput, { description: "What to unpin." }) input: PinInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<Pinnable>> {
    return resolvePayload("PinSuccess", () => services.pins.set(actor, input.subjectId, false));
  }
}

@Resolver(() => RunType)
export class RunPinResolver {
  @FieldResolver(() => Boolean, { description: "Whether you have pinned the run." })
  pinned(@Root() run: RunRecord, @Ctx() { loaders }: ApiContext): Promise<boolean> {
    return loaders.pinnedRun.load(run.id);
  }
}

@Resolver(() => ExperimentType)
export class ExperimentPinResolver {
  @FieldResolver(() => Boolean, { description: "Whether you have pinned the experiment." })
  pinned(@Root() experiment: ExperimentRecord, @Ctx() { loaders }: ApiContext): Promise<boolean> {
    return loaders.pinnedExperiment.load(experiment.id);
  }
}
