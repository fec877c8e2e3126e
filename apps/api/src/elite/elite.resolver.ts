/** Resolves elites and their ancestry. */
import type { SearchedClass } from "@pareidolia/core/searchedClass";
import type { EliteRecord } from "@pareidolia/persistence/lab/elites/readElites";
import type { AncestorRecord } from "@pareidolia/persistence/lab/genomes/ancestry";
import type { GenomeRecord } from "@pareidolia/persistence/lab/genomes/readGenomes";
import type { ImageRecord } from "@pareidolia/persistence/lab/images/readImages";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import { Arg, Args, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { GenomeType } from "../genome/genome.type.ts";
import { encodeGlobalId } from "../globalId/globalId.ts";
import { ImageType } from "../image/image.type.ts";
import { statementCost } from "../limits/costs.ts";
import { loadExisting } from "../loadExisting.ts";
import type { Connection } from "../pagination/connection.ts";
import { ConnectionArguments } from "../pagination/connectionArguments.ts";
import { Requires } from "../policy/requires.ts";
import { EvolutionRunType } from "../run/runsByKind.type.ts";
import { SearchedClassType } from "../score/searchedClass.type.ts";
import { EliteFilter, EliteOrder } from "./elite.input.ts";
import { checkAncestryLimit } from "./elite.service.ts";
import { AncestorType, EliteType, eliteConnection } from "./elite.type.ts";

const defaultAncestry = 64;

interface Ancestor extends AncestorRecord {
  readonly goalSwitch: boolean;
}

@Resolver(() => EliteType)
export class EliteResolver {
  @Requires("elite:read")
  @Query(() => eliteConnection.connection, { description: "Elites of all runs, by default those with the highest confidence first." })
  elites(
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Arg("filter", () => EliteFilter, {
      nullable: true,
      description: "Lists only elites that match all conditions. Default: current elites.",
    })
    filter: EliteFilter | null | undefined,
    @Arg("orderBy", () => EliteOrder, { nullable: true, description: "Sort order. Default: `STORED_CONFIDENCE`, descending." }) orderBy:
      | EliteOrder
      | null
      | undefined,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<EliteRecord>> {
    return services.elites.list(actor, args, filter, orderBy);
  }

  @FieldResolver(() => ID, { description: "ID of the elite: opaque, and unique across all types." })
  id(@Root() elite: EliteRecord): string {
    return encodeGlobalId("Elite", elite.id);
  }

  @FieldResolver(() => EvolutionRunType, { description: "Evolution that found the elite." })
  run(@Root() elite: EliteRecord, @Ctx() { loaders }: ApiContext): Promise<RunRecord> {
    return loadExisting(loaders.run, elite.runId);
  }

  @FieldResolver(() => GenomeType, { description: "Genome that holds the niche." })
  genome(@Root() elite: EliteRecord, @Ctx() { loaders }: ApiContext): Promise<GenomeRecord> {
    return loadExisting(loaders.genome, elite.genomeId);
  }

  @FieldResolver(() => SearchedClassType, { description: "The class of its niche, with its confidence in the search and as stored." })
  searchedClass(@Root() { niche, label, fitness, storedFitness }: EliteRecord): SearchedClass {
    return { class: niche, label, search: fitness, stored: storedFitness };
  }

  @FieldResolver(() => ImageType, { description: "The image that the genome encodes, as stored." })
  image(@Root() elite: EliteRecord): ImageRecord {
    return elite.image;
  }

  @FieldResolver(() => [AncestorType], {
    complexity: statementCost,
    description: "Line of descent from this elite's genome back to generation 0 along first parents, youngest first.",
  })
  async ancestry(
    @Root() elite: EliteRecord,
    @Arg("limit", () => Int, { nullable: true, defaultValue: defaultAncestry, description: "Maximum number of ancestors: 1 to 1000." })
    limit: number | null,
    @Ctx() { loaders }: ApiContext,
  ): Promise<Ancestor[]> {
    const line = await loaders.ancestry.load({ elite, limit: checkAncestryLimit(limit ?? defaultAncestry) });
    return line.map((ancestor, i) => ({ ...ancestor, goalSwitch: i > 0 && line[i - 1]?.niche !== ancestor.niche }));
  }
}

@Resolver(() => AncestorType)
export class AncestorResolver {
  @FieldResolver(() => GenomeType, { description: "The genome that this ancestor passed on, with its parents and its image." })
  genome(@Root() ancestor: AncestorRecord, @Ctx() { loaders }: ApiContext): Promise<GenomeRecord> {
    return loadExisting(loaders.genome, ancestor.genomeId);
  }

  @FieldResolver(() => EliteType, {
    nullable: true,
    description: "The ancestor as the elite of `niche`; null if that elite is not available.",
  })
  async elite(@Root() ancestor: AncestorRecord, @Ctx() { loaders }: ApiContext): Promise<EliteRecord | null> {
    return ancestor.eliteId === null ? null : loaders.elite.load(ancestor.eliteId);
  }
}
