/** Resolves what starts a gradient ascent, and what an ascent was asked. */
import type { RunRecord } from "@pareidolia/persistence/queries/runQueries";
import { Arg, Ctx, Extensions, FieldResolver, Int, Mutation, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { answer, type Payload } from "../errors/payload.ts";
import { Requires } from "../policy/requires.ts";
import { RunType } from "../run/run.type.ts";
import { ofKinds } from "../run/runTypeName.ts";
import { StartAscentInput } from "./ascent.input.ts";
import { StartAscentPayload } from "./ascent.type.ts";

@Resolver(() => RunType)
export class AscentResolver {
  @Requires("run:start")
  @Mutation(() => StartAscentPayload, { description: "Queues a gradient ascent; a worker takes it at once if one is free." })
  startAscent(
    @Arg("input", () => StartAscentInput, { description: "What to run." }) input: StartAscentInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ run: RunRecord }>> {
    return answer("StartAscentSuccess", async () => ({ run: await services.ascents.start(actor, input) }));
  }

  @Extensions(ofKinds(["ascent"], { always: true }))
  @FieldResolver(() => [Int], { nullable: true, description: "The classes that it climbs towards." })
  classes(@Root() run: RunRecord): readonly number[] | null {
    return run.kind === "ascent" ? run.plan.classes : null;
  }

  @Extensions(ofKinds(["ascent"], { always: true }))
  @FieldResolver(() => Int, { nullable: true, description: "Start images per class." })
  starts(@Root() run: RunRecord): number | null {
    return run.kind === "ascent" ? run.plan.starts : null;
  }
}
