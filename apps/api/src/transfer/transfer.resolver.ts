/** Resolves the transfer matrix. */
import type { AnalysisRecord } from "@pareidolia/persistence/queries/analysisQueries";
import type { ModelRecord } from "@pareidolia/persistence/queries/modelQueries";
import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import { AnalysisType } from "../analysis/analysis.type.ts";
import type { ApiContext } from "../context.ts";
import { ownStatement, ownSurvey } from "../limits/costs.ts";
import { loadExisting } from "../loadExisting.ts";
import { ModelType } from "../model/model.type.ts";
import { Requires } from "../policy/requires.ts";
import type { TransferCell, TransferMatrix } from "./transfer.service.ts";
import { TransferCellType, TransferMatrixType } from "./transfer.type.ts";

@Resolver(() => TransferMatrixType)
export class TransferMatrixResolver {
  @Requires("score:read")
  @Query(() => TransferMatrixType, {
    complexity: ownSurvey,
    description: "Whether what fools one network fools others of the same classes, over current elites.",
  })
  transferMatrix(
    @Arg("experimentId", () => ID, { nullable: true, description: "All evolutions of this experiment." })
    experimentId: string | null | undefined,
    @Arg("runIds", () => [ID], { nullable: true, description: "These evolutions, at most 50; not together with an experiment." })
    runIds: string[] | null | undefined,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<TransferMatrix> {
    return services.transfer.readMatrix(actor, { experimentId, runIds });
  }

  @FieldResolver(() => [ModelType], { description: "The networks: columns, and those rows that images were made for." })
  async models(@Root() matrix: TransferMatrix, @Ctx() { loaders }: ApiContext): Promise<ModelRecord[]> {
    return Promise.all(matrix.modelIds.map((id) => loadExisting(loaders.model, id)));
  }

  @FieldResolver(() => AnalysisType, {
    complexity: ownStatement,
    nullable: true,
    description: "The analysis that scores the missing pairs, if `scoreTransfer` was called for the same runs.",
  })
  analysis(@Root() matrix: TransferMatrix, @Ctx() { actor, services }: ApiContext): Promise<AnalysisRecord | null> {
    return services.analyses.findTransfer(actor, matrix.runIds);
  }
}

@Resolver(() => TransferCellType)
export class TransferCellResolver {
  @FieldResolver(() => ModelType, { description: "The network that the images were made for." })
  source(@Root() cell: TransferCell, @Ctx() { loaders }: ApiContext): Promise<ModelRecord> {
    return loadExisting(loaders.model, cell.sourceModelId);
  }

  @FieldResolver(() => ModelType, { description: "The network that they were shown to." })
  other(@Root() cell: TransferCell, @Ctx() { loaders }: ApiContext): Promise<ModelRecord> {
    return loadExisting(loaders.model, cell.otherModelId);
  }
}
