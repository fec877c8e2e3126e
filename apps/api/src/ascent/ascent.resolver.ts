/** Starts gradient ascents, and resolves their settings. */
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import { Arg, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { type Payload, resolvePayload } from "../errors/payload.ts";
import { Requires } from "../policy/requires.ts";
import { AscentRunType } from "../run/runsByKind.type.ts";
import { StartAscentInput } from "./ascent.input.ts";
import { StartAscentPayload } from "./ascent.type.ts";

@Resolver(() => AscentRunType)
export class AscentResolver {
  @Requires("run:start")
  @Mutation(() => StartAscentPayload, { description: "Queues a gradient ascent. It starts as soon as a worker is free." })
  startAscent(
    @Arg("input", () => StartAscentInput, { description: "Input of `startAscent`." }) input: StartAscentInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ run: RunRecord }>> {
    return resolvePayload("StartAscentSuccess", async () => ({ run: await services.ascents.start(actor, input) }));
  }

  @FieldResolver(() => [Int], { description: "Indices of the classes that the ascent maximises." })
  classes(@Root() run: RunRecord<"ascent">): readonly number[] {
    return run.plan.classes;
  }

  @FieldResolver(() => Int, { description: "Number of start images per class." })
  starts(@Root() run: RunRecord<"ascent">): number {
    return run.plan.starts;
  }
}
