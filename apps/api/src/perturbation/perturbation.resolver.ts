/** Resolves attacks on photographs. */
import { normOfAttack } from "@pareidolia/ascent/registry";
import { readPlanCrop, type SourceCrop } from "@pareidolia/core/sourceCrop";
import type { ImageRecord } from "@pareidolia/persistence/queries/imageQueries";
import type { PerturbationRecord } from "@pareidolia/persistence/queries/perturbationQueries";
import type { RunRecord } from "@pareidolia/persistence/queries/runQueries";
import { Arg, Args, Ctx, FieldResolver, Float, ID, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { answer, type Payload } from "../errors/payload.ts";
import { encodeGlobalId } from "../globalId/globalId.ts";
import { ImageType } from "../image/image.type.ts";
import { ownStatement } from "../limits/costs.ts";
import { loadExisting } from "../loadExisting.ts";
import { findMethod } from "../method/methods.ts";
import { Norm } from "../method/norm.type.ts";
import type { Connection } from "../pagination/connection.ts";
import { ConnectionArguments, ForwardArguments } from "../pagination/connectionArguments.ts";
import { SourceCropType } from "../photo/sourceCrop.type.ts";
import { Requires } from "../policy/requires.ts";
import { ResultOrder } from "../result/result.input.ts";
import { RunType } from "../run/run.type.ts";
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

  @FieldResolver(() => RunType, { description: "The run that it is part of." })
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

@Resolver(() => RunType)
export class RunPerturbationsResolver {
  @FieldResolver(() => perturbationConnection.connection, {
    complexity: ownStatement,
    description: "Of a perturbation: its results, by bound.",
  })
  perturbations(
    @Root() run: RunRecord,
    @Args(() => ForwardArguments) args: ForwardArguments,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<PerturbationRecord>> {
    return services.perturbations.list(actor, run, args);
  }

  @FieldResolver(() => ImageType, {
    nullable: true,
    description: "Of a perturbation, or an ascent from an image: what it begins from, before it was scaled.",
  })
  async source(@Root() run: RunRecord, @Ctx() { loaders }: ApiContext): Promise<ImageRecord | null> {
    return run.sourceSha256 === null ? null : loaders.image.load(run.sourceSha256);
  }

  @FieldResolver(() => SourceCropType, {
    nullable: true,
    description: "The part of `source` that the run uses; null for the largest central part.",
  })
  sourceCrop(@Root() run: RunRecord): SourceCrop | null {
    return readPlanCrop(run.plan["crop"]);
  }

  @FieldResolver(() => Norm, {
    nullable: true,
    description: "Of a perturbation: the norm of its bounds, or, where its attack takes none, of the change that it makes small.",
  })
  norm(@Root() run: RunRecord): Norm | null {
    const method = run.kind === "perturbation" ? findMethod(run.kind, run.method ?? "") : undefined;
    return method === undefined ? null : normOfAttack(method.id, run.parameters);
  }

  @FieldResolver(() => [Float], {
    nullable: true,
    description: "Of a perturbation: the bounds to try, in grey levels of its norm; none means the attack's own.",
  })
  bounds(@Root() run: RunRecord): readonly number[] | null {
    return run.kind === "perturbation" ? (run.plan["bounds"] as readonly number[]) : null;
  }

  @FieldResolver(() => Int, { nullable: true, description: "Of a perturbation: the class to reach; null when any other will do." })
  target(@Root() run: RunRecord): number | null {
    return run.kind === "perturbation" ? ((run.plan["target"] as number | null) ?? null) : null;
  }

  @FieldResolver(() => String, { nullable: true, description: "That class's name." })
  async targetLabel(@Root() run: RunRecord, @Ctx() { loaders }: ApiContext): Promise<string | null> {
    const target = this.target(run);
    return target === null ? null : ((await loadExisting(loaders.model, run.modelId)).labels[target] ?? String(target));
  }
}
