/** Resolves the mutation that forks a run, and where a run comes from. */
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import { Arg, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { type Payload, resolvePayload } from "../errors/payload.ts";
import { statementCost } from "../limits/costs.ts";
import { Requires } from "../policy/requires.ts";
import { RunType } from "../run/run.type.ts";
import { ForkRunInput } from "./fork.input.ts";
import { ForkRunPayload, SettingDifferenceType } from "./fork.type.ts";

@Resolver(() => RunType)
export class ForkResolver {
  @Requires("run:fork")
  @Mutation(() => ForkRunPayload, {
    description:
      "Queues a run that continues from the archive of an evolution after one generation, or from the first links of a retraining chain, " +
      "with changed settings. Without changes, it repeats the run from there.",
  })
  forkRun(
    @Arg("input", () => ForkRunInput, { description: "The run to fork, where, and what to change." }) input: ForkRunInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ run: RunRecord }>> {
    return resolvePayload("ForkRunSuccess", async () => ({ run: await services.forks.fork(actor, input) }));
  }

  @FieldResolver(() => RunType, {
    nullable: true,
    description: "The run that this run was forked from; null for a run that is no fork, or if that run was deleted.",
  })
  forkedFrom(@Root() run: RunRecord, @Ctx() { loaders }: ApiContext): Promise<RunRecord | null> | null {
    return run.forkedFromRunId === null ? null : loaders.run.load(run.forkedFromRunId);
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description:
      "The last generation that the run has from the run it was forked from, or the number of links of a retraining chain; null for a run that is no fork.",
  })
  forkedFromGeneration(@Root() run: RunRecord): number | null {
    return run.forkGeneration;
  }

  @FieldResolver(() => RunType, {
    nullable: true,
    description: "The run with whose settings this run was started, perhaps changed; null for none, or if that run was deleted.",
  })
  rerunOf(@Root() run: RunRecord, @Ctx() { loaders }: ApiContext): Promise<RunRecord | null> | null {
    return run.rerunOfRunId === null ? null : loaders.run.load(run.rerunOfRunId);
  }

  @FieldResolver(() => [SettingDifferenceType], {
    nullable: true,
    description: "The settings in which the run differs from `forkedFrom` or `rerunOf`; null for a run that comes from no other run.",
  })
  async differences(@Root() run: RunRecord, @Ctx() { loaders, services }: ApiContext): Promise<readonly SettingDifferenceType[] | null> {
    const originId = run.forkedFromRunId ?? run.rerunOfRunId;
    const origin = originId === null ? null : await loaders.run.load(originId);
    return origin === null ? null : services.forks.compare(origin, run);
  }

  @FieldResolver(() => [RunType], {
    complexity: statementCost,
    description: "Runs that were forked from this run, oldest first, at most 100.",
  })
  forks(@Root() run: RunRecord, @Ctx() { loaders }: ApiContext): Promise<RunRecord[]> {
    return loaders.forks.load(run);
  }
}
