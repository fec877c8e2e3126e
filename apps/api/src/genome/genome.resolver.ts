/** Resolves genomes. */
import type { GenomeRecord } from "@pareidolia/persistence/lab/genomes/readGenomes";
import type { ImageRecord } from "@pareidolia/persistence/lab/images/readImages";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { encodeGlobalId } from "../globalId/globalId.ts";
import { ImageType } from "../image/image.type.ts";
import { withShareLink } from "../image/imagePath.ts";
import { documentCost } from "../limits/costs.ts";
import { loadExisting } from "../loadExisting.ts";
import { GenomeDocumentScalar } from "../openValue/openValues.ts";
import type { Connection } from "../pagination/connection.ts";
import { ConnectionArguments } from "../pagination/connectionArguments.ts";
import { Requires } from "../policy/requires.ts";
import { EvolutionRunType } from "../run/runsByKind.type.ts";
import { GenomeFilter } from "./genome.input.ts";
import { GenomeType, genomeConnection } from "./genome.type.ts";

@Resolver(() => GenomeType)
export class GenomeResolver {
  @Requires("genome:read")
  @Query(() => genomeConnection.connection, {
    description: "Genomes that have held a niche: those of one run by generation and index, or those of all runs, latest first.",
  })
  genomes(
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Arg("filter", () => GenomeFilter, { nullable: true, description: "Lists only genomes that match all conditions." })
    filter: GenomeFilter | null | undefined,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<GenomeRecord>> {
    return services.genomes.list(actor, args, filter?.runId);
  }

  @FieldResolver(() => ID, { description: "ID of the genome: opaque, and unique across all types." })
  id(@Root() genome: GenomeRecord): string {
    return encodeGlobalId("Genome", genome.id);
  }

  @FieldResolver(() => GenomeDocumentScalar, {
    complexity: documentCost,
    description:
      "JSON document with the genome (as read by the encoding's `fromJson`), its encoding, image shape and parameters: " +
      "all that is needed to redraw the image.",
  })
  async document(@Root() genome: GenomeRecord, @Ctx() { actor, services, loaders }: ApiContext): Promise<unknown> {
    const [run, bytes] = await Promise.all([loadExisting(loaders.run, genome.runId), loaders.genomeBytes.load(genome)]);
    return services.genomes.describe(actor, genome, { run, bytes });
  }

  @FieldResolver(() => String, {
    description:
      "Path of the document as a file, such as /genomes/ID.json. With `.bin` instead of `.json`, the path of the canonical bytes, whose SHA-256 is `sha256`.",
  })
  url(@Root() genome: GenomeRecord, @Ctx() { actor }: ApiContext): string {
    return withShareLink(`/genomes/${encodeGlobalId("Genome", genome.id)}.json`, actor);
  }

  @FieldResolver(() => ImageType, { description: "The image that the genome encodes, as stored." })
  image(@Root() genome: GenomeRecord): ImageRecord {
    return genome.image;
  }

  @FieldResolver(() => EvolutionRunType, { description: "Evolution that created the genome." })
  run(@Root() genome: GenomeRecord, @Ctx() { loaders }: ApiContext): Promise<RunRecord> {
    return loadExisting(loaders.run, genome.runId);
  }

  @FieldResolver(() => [GenomeType], {
    description: "Parents of the genome, first parent first: none in generation 0, otherwise one or two.",
  })
  async parents(@Root() genome: GenomeRecord, @Ctx() { loaders }: ApiContext): Promise<GenomeRecord[]> {
    const ids = new Set([genome.firstParentId, genome.secondParentId].filter((id) => id !== null));
    const parents = await Promise.all([...ids].map((id) => loaders.genome.load(id)));
    return parents.filter((parent) => parent !== null);
  }
}
