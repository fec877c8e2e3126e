/** Resolves genomes. */
import type { GenomeRecord } from "@pareidolia/persistence/queries/genomeQueries";
import type { ImageRecord } from "@pareidolia/persistence/queries/imageQueries";
import type { RunRecord } from "@pareidolia/persistence/queries/runQueries";
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { encodeGlobalId } from "../globalId/globalId.ts";
import { ImageType } from "../image/image.type.ts";
import { ownFile } from "../limits/costs.ts";
import { loadExisting } from "../loadExisting.ts";
import type { Connection } from "../pagination/connection.ts";
import { ConnectionArguments } from "../pagination/connectionArguments.ts";
import { Requires } from "../policy/requires.ts";
import { EvolutionRunType } from "../run/runsByKind.type.ts";
import { JsonScalar } from "../scalars.ts";
import { GenomeType, genomeConnection } from "./genome.type.ts";

@Resolver(() => GenomeType)
export class GenomeResolver {
  @Requires("genome:read")
  @Query(() => genomeConnection.connection, {
    description: "Genomes that held a niche: of one run in the order of birth, of all the latest first.",
  })
  genomes(
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Arg("runId", () => ID, { nullable: true, description: "Only those of this run (id, or key such as RUN-142)." })
    runId: string | null | undefined,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<GenomeRecord>> {
    return services.genomes.list(actor, args, runId);
  }

  @FieldResolver(() => ID, { description: "Opaque, and unique over all types." })
  id(@Root() genome: GenomeRecord): string {
    return encodeGlobalId("Genome", genome.id);
  }

  @FieldResolver(() => JsonScalar, {
    complexity: ownFile,
    description:
      "The genome as JSON, as fromJson of the encoding reads it, with the encoding, image shape and parameters beside it: enough to draw it again.",
  })
  async document(@Root() genome: GenomeRecord, @Ctx() { actor, services, loaders }: ApiContext): Promise<unknown> {
    const [run, bytes] = await Promise.all([loadExisting(loaders.run, genome.runId), loaders.genomeBytes.load(genome)]);
    return services.genomes.describe(actor, genome, { run, bytes });
  }

  @FieldResolver(() => ImageType, { description: "The picture that it draws, as stored." })
  image(@Root() genome: GenomeRecord): ImageRecord {
    return genome.image;
  }

  @FieldResolver(() => EvolutionRunType, { description: "The evolution that found it." })
  run(@Root() genome: GenomeRecord, @Ctx() { loaders }: ApiContext): Promise<RunRecord> {
    return loadExisting(loaders.run, genome.runId);
  }

  @FieldResolver(() => [GenomeType], { description: "None in generation 0, else one or two." })
  async parents(@Root() genome: GenomeRecord, @Ctx() { loaders }: ApiContext): Promise<GenomeRecord[]> {
    const ids = new Set([genome.firstParentId, genome.secondParentId].filter((id) => id !== null));
    const parents = await Promise.all([...ids].map((id) => loaders.genome.load(id)));
    return parents.filter((parent) => parent !== null);
  }
}
