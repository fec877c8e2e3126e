/** Resolves the locks of runs and experiments. */
import type { ExperimentRecord } from "@pareidolia/persistence/lab/experiments/readExperiments";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import type { UserRecord } from "@pareidolia/persistence/workspace/workspaces/readWorkspaces";
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { type Payload, resolvePayload } from "../errors/payload.ts";
import { ExperimentType } from "../experiment/experiment.type.ts";
import { Requires } from "../policy/requires.ts";
import { RunType } from "../run/run.type.ts";
import { UserType } from "../viewer/viewer.type.ts";
import { LockExperimentInput, LockRunsInput } from "./lock.input.ts";
import type { LockRecord } from "./lock.service.ts";
import {
  LockExperimentPayload,
  LockRunsPayload,
  type LockRunsSuccess,
  LockType,
  UnlockExperimentPayload,
  UnlockRunsPayload,
} from "./lock.type.ts";

@Resolver(() => LockType)
export class LockResolver {
  @Requires("lock:set")
  @Mutation(() => LockRunsPayload, {
    description:
      "Locks runs: until they are unlocked, they cannot be changed, cancelled, trashed or deleted. A run that is being computed continues.",
  })
  lockRuns(
    @Arg("input", () => LockRunsInput, { description: "The runs." }) { runIds }: LockRunsInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<LockRunsSuccess>> {
    return resolvePayload("LockRunsSuccess", () => services.locks.setOfRuns(actor, runIds, true));
  }

  @Requires("lock:set")
  @Mutation(() => UnlockRunsPayload, { description: "Removes the locks of runs. The lock of their experiment still holds for them." })
  unlockRuns(
    @Arg("input", () => LockRunsInput, { description: "The runs." }) { runIds }: LockRunsInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<LockRunsSuccess>> {
    return resolvePayload("LockRunsSuccess", () => services.locks.setOfRuns(actor, runIds, false));
  }

  @Requires("lock:set")
  @Mutation(() => LockExperimentPayload, { description: "Locks an experiment with all its runs. No run can be started in it either." })
  lockExperiment(
    @Arg("input", () => LockExperimentInput, { description: "The experiment." }) { experimentId }: LockExperimentInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ experiment: ExperimentRecord }>> {
    return resolvePayload("LockExperimentSuccess", async () => ({
      experiment: await services.locks.setOfExperiment(actor, experimentId, true),
    }));
  }

  @Requires("lock:set")
  @Mutation(() => UnlockExperimentPayload, { description: "Removes the lock of an experiment. Locks of its runs stay." })
  unlockExperiment(
    @Arg("input", () => LockExperimentInput, { description: "The experiment." }) { experimentId }: LockExperimentInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ experiment: ExperimentRecord }>> {
    return resolvePayload("LockExperimentSuccess", async () => ({
      experiment: await services.locks.setOfExperiment(actor, experimentId, false),
    }));
  }

  @FieldResolver(() => UserType, { nullable: true, description: "Who locked it; null for a former user." })
  async lockedBy(@Root() { lockedById }: LockRecord, @Ctx() { loaders }: ApiContext): Promise<UserRecord | null> {
    return lockedById === null ? null : loaders.user.load(lockedById);
  }
}

@Resolver(() => RunType)
export class RunLockResolver {
  @FieldResolver(() => LockType, {
    nullable: true,
    description: "Lock of the run, or of its experiment; null without one, and for everyone but members.",
  })
  lock(@Root() run: RunRecord, @Ctx() { loaders }: ApiContext): Promise<LockRecord | null> {
    return loaders.runLock.load(run);
  }
}

@Resolver(() => ExperimentType)
export class ExperimentLockResolver {
  @FieldResolver(() => LockType, { nullable: true, description: "Lock of the experiment; null without one, and for everyone but members." })
  lock(@Root() experiment: ExperimentRecord, @Ctx() { loaders }: ApiContext): Promise<LockRecord | null> {
    return loaders.experimentLock.load(experiment);
  }
}
