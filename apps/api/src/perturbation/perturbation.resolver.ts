/** Resolves attacks on photographs. */
import { normOfAttack } from "@pareidolia/ascent/registry";
import type { PlanSource } from "@pareidolia/core/runKinds/planSource";
import type { SourceCrop } from "@pareidolia/core/sourceCrop";
import type { ImageRecord } from "@pareidolia/persistence/queries/imageQueries";
import type { PerturbationRecord } from "@pareidolia/persistence/queries/perturbationQueries";
import type { RunRecord } from "@pareidolia/persistence/queries/runQueries";
import { Arg, Args, Ctx, Extensions, FieldResolver, Float, ID, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { answer, type Payload } from "../errors/payload.ts";
import { encodeGlobalId } from "../globalId/globalId.ts";
import { ImageType } from "../image/image.type.ts";
import { ownStatement } from "../limits/costs.ts";
import { loadExisting } from "../loadExisting.ts";
import { Norm } from "../method/norm.type.ts";
import type { Connection } from "../pagination/connection.ts";
import { ConnectionArguments, ForwardArguments } from "../pagination/connectionArguments.ts";
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
  @Query(() => perturbationConnection.connection, { description: "Results of all attacks, by default the most confident first." })
  perturbations(
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Arg("filter", () => PerturbationFilter, { nullable: true, description: "Lists only items that match every condition." })
    filter: PerturbationFilter | null | undefined,
    @Arg("orderBy", () => ResultOrder, { nullable: true, description: "Sort order." }) orderBy: ResultOrder | null | undefined,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<PerturbationRecord>> {
    return services.perturbations.listResults(actor, args, filter, orderBy);
  }

  @Requires("run:start")
  @Mutation(() => StartPerturbationPayload, { description: "Queues an attack on a photograph; a worker takes it at once if one is free." })
  startPerturbation(
    @Arg("input", () => StartPerturbationInput, { description: "What to run." }) input: StartPerturbationInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ run: RunRecord }>> {
    return answer("StartPerturbationSuccess", async () => ({ run: await services.perturbations.start(actor, input) }));
  }

  @FieldResolver(() => ID, { description: "Opaque, and unique over all types." })
  id(@Root() perturbation: PerturbationRecord): string {
    return encodeGlobalId("Perturbation", perturbation.id);
  }

  @FieldResolver(() => PerturbationRunType, { description: "The run that it is part of." })
  run(@Root() perturbation: PerturbationRecord, @Ctx() { loaders }: ApiContext): Promise<RunRecord> {
    return loadExisting(loaders.run, perturbation.runId);
  }

  @FieldResolver(() => ImageType, { description: "The perturbed picture as stored." })
  image(@Root() perturbation: PerturbationRecord, @Ctx() { loaders }: ApiContext): Promise<ImageRecord> {
    return loadExisting(loaders.image, perturbation.imageSha256);
  }

  @FieldResolver(() => ImageType, { description: "The photograph as the network saw it: the difference of the two is the perturbation." })
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
    complexity: ownStatement,
    description: "Its results, by bound.",
  })
  perturbations(
    @Root() run: RunRecord,
    @Args(() => ForwardArguments) args: ForwardArguments,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<PerturbationRecord>> {
    return services.perturbations.list(actor, run, args);
  }

  @Extensions(ofKinds(["ascent", "perturbation"]))
  @FieldResolver(() => ImageType, {
    nullable: true,
    description: "The image that it starts from, before scaling; null for an ascent that starts from noise.",
  })
  async source(@Root() run: RunRecord, @Ctx() { loaders }: ApiContext): Promise<ImageRecord | null> {
    const source = sourceOf(run);
    return source === null ? null : loaders.image.load(source.sha256);
  }

  @Extensions(ofKinds(["ascent", "perturbation"]))
  @FieldResolver(() => SourceCropType, {
    nullable: true,
    description: "The part of `source` that the run uses; null for the largest central part.",
  })
  sourceCrop(@Root() run: RunRecord): SourceCrop | null {
    return sourceOf(run)?.crop ?? null;
  }

  @Extensions(ofKinds(["perturbation"]))
  @FieldResolver(() => Norm, {
    nullable: true,
    description: "The norm of its bounds, or of the change that its attack minimises.",
  })
  norm(@Root() run: RunRecord): Norm | null {
    return run.kind === "perturbation" ? normOfAttack(run.plan.method, run.parameters) : null;
  }

  @Extensions(ofKinds(["perturbation"], { always: true }))
  @FieldResolver(() => [Float], {
    nullable: true,
    description: "The bounds to try, in grey levels of its norm; empty for the attack's own bound, or for the smallest change.",
  })
  bounds(@Root() run: RunRecord): readonly number[] | null {
    return run.kind === "perturbation" ? run.plan.bounds : null;
  }

  @Extensions(ofKinds(["perturbation"]))
  @FieldResolver(() => Int, { nullable: true, description: "The class to reach; null when any other class will do." })
  target(@Root() run: RunRecord): number | null {
    return run.kind === "perturbation" ? run.plan.target : null;
  }

  @Extensions(ofKinds(["perturbation"]))
  @FieldResolver(() => String, { nullable: true, description: "Label of the class to reach." })
  async targetLabel(@Root() run: RunRecord, @Ctx() { loaders }: ApiContext): Promise<string | null> {
    const target = this.target(run);
    return target === null ? null : ((await loadExisting(loaders.model, run.modelId)).labels[target] ?? String(target));
  }
}
