/** Resolves attacks on photos. */
import { normOfAttack } from "@pareidolia/ascent/registry";
import type { PlanSource } from "@pareidolia/core/runKinds/planSource";
import type { SourceCrop } from "@pareidolia/core/sourceCrop";
import type { ImageRecord } from "@pareidolia/persistence/images/readImages";
import type { PerturbationRecord } from "@pareidolia/persistence/perturbations/readPerturbations";
import type { RunRecord } from "@pareidolia/persistence/runs/readRuns";
import { Arg, Args, Ctx, Extensions, FieldResolver, Float, ID, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { type Payload, resolvePayload } from "../errors/payload.ts";
import { encodeGlobalId } from "../globalId/globalId.ts";
import { ImageType } from "../image/image.type.ts";
import { statementCost } from "../limits/costs.ts";
import { loadExisting } from "../loadExisting.ts";
import { Norm } from "../method/norm.type.ts";
import type { Connection } from "../pagination/connection.ts";
import { ConnectionArguments } from "../pagination/connectionArguments.ts";
import { SourceCropType } from "../photo/sourceCrop.type.ts";
import { Requires } from "../policy/requires.ts";
import { ResultOrder } from "../result/result.input.ts";
import { RunType } from "../run/run.type.ts";
import { PerturbationRunType } from "../run/runsByKind.type.ts";
import { ofKinds } from "../run/runTypeName.ts";
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

function sourceOf(run: RunRecord): PlanSource | null {
  return run.kind === "perturbation" || run.kind === "ascent" ? run.plan.source : null;
}

@Resolver(() => RunType)
export class RunPerturbationsResolver {
  @Extensions(ofKinds(["perturbation"]))
  @FieldResolver(() => perturbationConnection.connection, {
    complexity: statementCost,
    description: "Results of the run, smallest bound first.",
  })
  perturbations(
    @Root() run: RunRecord,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<PerturbationRecord>> {
    return services.perturbations.list(actor, run, args);
  }

  @Extensions(ofKinds(["ascent", "perturbation"]))
  @FieldResolver(() => ImageType, {
    nullable: true,
    description: "Image that the run starts from, before cropping and scaling; null for an ascent that does not start from an image.",
  })
  async source(@Root() run: RunRecord, @Ctx() { loaders }: ApiContext): Promise<ImageRecord | null> {
    const source = sourceOf(run);
    return source === null ? null : loaders.image.load(source.sha256);
  }

  @Extensions(ofKinds(["ascent", "perturbation"]))
  @FieldResolver(() => SourceCropType, {
    nullable: true,
    description: "Part of `source` that the run uses; null for the largest central crop.",
  })
  sourceCrop(@Root() run: RunRecord): SourceCrop | null {
    return sourceOf(run)?.crop ?? null;
  }

  @Extensions(ofKinds(["perturbation"]))
  @FieldResolver(() => Norm, {
    nullable: true,
    description: "Norm of the bounds, or of the change that the attack minimises.",
  })
  norm(@Root() run: RunRecord): Norm | null {
    return run.kind === "perturbation" ? normOfAttack(run.plan.method, run.parameters) : null;
  }

  @Extensions(ofKinds(["perturbation"], { always: true }))
  @FieldResolver(() => [Float], {
    nullable: true,
    description:
      "Bounds to try, in grey levels of `norm`, ascending. Empty if the run uses the attack's own bound or searches for the smallest " +
      "change.",
  })
  bounds(@Root() run: RunRecord): readonly number[] | null {
    return run.kind === "perturbation" ? run.plan.bounds : null;
  }

  @Extensions(ofKinds(["perturbation"]))
  @FieldResolver(() => Int, { nullable: true, description: "Target class; null if any class other than the original's counts." })
  target(@Root() run: RunRecord): number | null {
    return run.kind === "perturbation" ? run.plan.target : null;
  }

  @Extensions(ofKinds(["perturbation"]))
  @FieldResolver(() => String, { nullable: true, description: "Label of the target class; null without a target." })
  async targetLabel(@Root() run: RunRecord, @Ctx() { loaders }: ApiContext): Promise<string | null> {
    const target = this.target(run);
    return target === null ? null : ((await loadExisting(loaders.model, run.modelId)).labels[target] ?? String(target));
  }
}
