/** Starts gradient ascents, and resolves their settings. */
import type { RunRecord } from "@pareidolia/persistence/runs/readRuns";
import { Arg, Ctx, Extensions, FieldResolver, Int, Mutation, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { type Payload, resolvePayload } from "../errors/payload.ts";
import { Requires } from "../policy/requires.ts";
import { RunType } from "../run/run.type.ts";
import { ofKinds } from "../run/runTypeName.ts";
import { StartAscentInput } from "./ascent.input.ts";
import { StartAscentPayload } from "./ascent.type.ts";

@Resolver(() => RunType)
export class AscentResolver {
  @Requires("run:start")
  @Mutation(() => StartAscentPayload, { description: "Queues a gradient ascent. It starts as soon as a worker is free." })
  startAscent(
    @Arg("input", () => StartAscentInput, { description: "Input of `startAscent`." }) input: StartAscentInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ run: RunRecord }>> {
    return resolvePayload("StartAscentSuccess", async () => ({ run: await services.ascents.start(actor, input) }));
  }

  @Extensions(ofKinds(["ascent"], { always: true }))
  @FieldResolver(() => [Int], { nullable: true, description: "Indices of the classes that the ascent maximises." })
  classes(@Root() run: RunRecord): readonly number[] | null {
    return run.kind === "ascent" ? run.plan.classes : null;
  }

  @Extensions(ofKinds(["ascent"], { always: true }))
  @FieldResolver(() => Int, { nullable: true, description: "Number of start images per class." })
  starts(@Root() run: RunRecord): number | null {
    return run.kind === "ascent" ? run.plan.starts : null;
  }
}
