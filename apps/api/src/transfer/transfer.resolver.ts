/** Resolves the transfer matrix. */
import type { AnalysisRecord } from "@pareidolia/persistence/lab/analyses/readAnalyses";
import type { ModelRecord } from "@pareidolia/persistence/lab/models/readModels";
import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import { AnalysisType } from "../analysis/analysis.type.ts";
import type { ApiContext } from "../context.ts";
import { statementCost, surveyCost } from "../limits/costs.ts";
import { loadExisting } from "../loadExisting.ts";
import { ModelType } from "../model/model.type.ts";
import { Requires } from "../policy/requires.ts";
import type { TransferCell, TransferMatrix } from "./transfer.service.ts";
import { TransferCellType, TransferMatrixType } from "./transfer.type.ts";

@Resolver(() => TransferMatrixType)
export class TransferMatrixResolver {
  @Requires("transfer:read")
  @Query(() => TransferMatrixType, {
    complexity: surveyCost,
    description: "Transfer between networks of the same label space, over the current elites of several evolutions.",
  })
  transferMatrix(
    @Arg("experimentId", () => ID, {
      nullable: true,
      description: "Evolutions of this experiment, at most 50: an ID, or a key such as EXP-12. Required unless `runIds` is given.",
    })
    experimentId: string | null | undefined,
    @Arg("runIds", () => [ID], { nullable: true, description: "IDs or keys of 1 to 50 evolutions. Not together with `experimentId`." })
    runIds: string[] | null | undefined,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<TransferMatrix> {
    return services.transfer.readMatrix(actor, { experimentId, runIds });
  }

  @FieldResolver(() => [ModelType], {
    description: "All networks of the runs' label spaces: the columns of the matrix. Its rows are the networks that the runs target.",
  })
  async models(@Root() matrix: TransferMatrix, @Ctx() { loaders }: ApiContext): Promise<ModelRecord[]> {
    return Promise.all(matrix.modelIds.map((id) => loadExisting(loaders.model, id)));
  }

  @FieldResolver(() => AnalysisType, {
    complexity: statementCost,
    nullable: true,
    description: "Analysis that scores the missing pairs; null if `scoreTransfer` was not called for these runs.",
  })
  analysis(@Root() matrix: TransferMatrix, @Ctx() { actor, services }: ApiContext): Promise<AnalysisRecord | null> {
    return services.analyses.findTransfer(actor, matrix.runIds);
  }
}

@Resolver(() => TransferCellType)
export class TransferCellResolver {
  @FieldResolver(() => ModelType, { description: "Network that the images were made for." })
  source(@Root() cell: TransferCell, @Ctx() { loaders }: ApiContext): Promise<ModelRecord> {
    return loadExisting(loaders.model, cell.sourceModelId);
  }

  @FieldResolver(() => ModelType, { description: "Network that scored the images." })
  other(@Root() cell: TransferCell, @Ctx() { loaders }: ApiContext): Promise<ModelRecord> {
    return loadExisting(loaders.model, cell.otherModelId);
  }
}
