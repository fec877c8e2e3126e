/** Resolves attacks on photos. */
import { normOfAttack } from "@pareidolia/ascent/registry";
import type { ImageRecord } from "@pareidolia/persistence/lab/images/readImages";
import type { PerturbationRecord } from "@pareidolia/persistence/lab/perturbations/readPerturbations";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import { Arg, Args, Ctx, FieldResolver, Float, ID, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { type Payload, resolvePayload } from "../errors/payload.ts";
import { encodeGlobalId } from "../globalId/globalId.ts";
import { ImageType } from "../image/image.type.ts";
import { statementCost } from "../limits/costs.ts";
import { loadExisting } from "../loadExisting.ts";
import { Norm } from "../method/norm.type.ts";
import type { Connection } from "../pagination/connection.ts";
import { ConnectionArguments } from "../pagination/connectionArguments.ts";
import { Requires } from "../policy/requires.ts";
import { ResultOrder } from "../result/result.input.ts";
import { PerturbationRunType } from "../run/runsByKind.type.ts";
import { PerturbationFilter, StartPerturbationInput } from "./perturbation.input.ts";
import { PerturbationType, perturbationConnection, StartPerturbationPayload } from "./perturbation.type.ts";

@Resolver(() => PerturbationType)
export class PerturbationResolver {
  @Requires("perturbation:read")
  @Query(() => perturbationConnection.connection, {
    description: "Results of all attacks, by default those with the highest confidence first.",
  })
  perturbations(
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Arg("filter", () => PerturbationFilter, { nullable: true, description: "Lists only perturbations that match all conditions." })
    filter: PerturbationFilter | null | undefined,
    @Arg("orderBy", () => ResultOrder, { nullable: true, description: "Sort order. Default: `STORED_CONFIDENCE`, descending." }) orderBy:
      | ResultOrder
      | null
      | undefined,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<PerturbationRecord>> {
    return services.perturbations.listResults(actor, args, filter, orderBy);
  }

  @Requires("run:start")
  @Mutation(() => StartPerturbationPayload, { description: "Queues an attack on a photo. It starts as soon as a worker is free." })
  startPerturbation(
    @Arg("input", () => StartPerturbationInput, { description: "Input of `startPerturbation`." }) input: StartPerturbationInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ run: RunRecord }>> {
    return resolvePayload("StartPerturbationSuccess", async () => ({ run: await services.perturbations.start(actor, input) }));
  }

  @FieldResolver(() => ID, { description: "ID of the perturbation: opaque, and unique across all types." })
  id(@Root() perturbation: PerturbationRecord): string {
    return encodeGlobalId("Perturbation", perturbation.id);
  }

  @FieldResolver(() => PerturbationRunType, { description: "Run that produced the perturbation." })
  run(@Root() perturbation: PerturbationRecord, @Ctx() { loaders }: ApiContext): Promise<RunRecord> {
    return loadExisting(loaders.run, perturbation.runId);
  }

  @FieldResolver(() => ImageType, { description: "The perturbed image, as stored." })
  image(@Root() perturbation: PerturbationRecord): ImageRecord {
    return perturbation.image;
  }

  @FieldResolver(() => ImageType, {
    description: "The unchanged image, cropped and scaled for the network. The perturbation is `image` minus `original`.",
  })
  original(@Root() perturbation: PerturbationRecord, @Ctx() { loaders }: ApiContext): Promise<ImageRecord> {
    return loadExisting(loaders.image, perturbation.originalSha256);
  }
}

@Resolver(() => PerturbationRunType)
export class RunPerturbationsResolver {
  @FieldResolver(() => perturbationConnection.connection, {
    complexity: statementCost,
    description: "Results of the run, smallest bound first.",
  })
  perturbations(
    @Root() run: RunRecord<"perturbation">,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<PerturbationRecord>> {
    return services.perturbations.list(actor, run, args);
  }

  @FieldResolver(() => Norm, {
    nullable: true,
    description: "Norm of the bounds, or of the change that the attack minimises.",
  })
  norm(@Root() run: RunRecord<"perturbation">): Norm | null {
    return normOfAttack(run.plan.method, run.parameters);
  }

  @FieldResolver(() => [Float], {
    description:
      "Bounds to try, in grey levels of `norm`, ascending. Empty if the run uses the attack's own bound or searches for the smallest " +
      "change.",
  })
  bounds(@Root() run: RunRecord<"perturbation">): readonly number[] {
    return run.plan.bounds;
  }

  @FieldResolver(() => Int, { nullable: true, description: "Target class; null if any class other than the original's counts." })
  target(@Root() run: RunRecord<"perturbation">): number | null {
    return run.plan.target;
  }

  @FieldResolver(() => String, { nullable: true, description: "Label of the target class; null without a target." })
  async targetLabel(@Root() run: RunRecord<"perturbation">, @Ctx() { loaders }: ApiContext): Promise<string | null> {
    const target = this.target(run);
    return target === null ? null : ((await loadExisting(loaders.model, run.modelId)).labels[target] ?? String(target));
  }
}
