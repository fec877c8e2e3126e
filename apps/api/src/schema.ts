/** Builds the schema out of the resolvers. The committed schema.graphql is printed from it. */
import "reflect-metadata";
import { createPubSub } from "@graphql-yoga/subscription";
import type { GraphQLSchema } from "graphql";
import { buildSchema } from "type-graphql";
import { AnalysisResolver, EliteAnalysesResolver, ImageAnalysesResolver } from "./analysis/analysis.resolver.ts";
import { analysisConnection } from "./analysis/analysis.type.ts";
import { AscentResolver } from "./ascent/ascent.resolver.ts";
import { ChainEliteResolver, ChainLinkResolver, ChainResolver, RunChainResolver } from "./chain/chain.resolver.ts";
import { chainConnection } from "./chain/chain.type.ts";
import { AscentConfigurationResolver, RunConfigurationsResolver } from "./configuration/configuration.resolver.ts";
import { DifficultyResolver } from "./difficulty/difficulty.resolver.ts";
import { DiversityResolver } from "./diversity/diversity.resolver.ts";
import { AncestorResolver, EliteResolver } from "./elite/elite.resolver.ts";
import { eliteConnection } from "./elite/elite.type.ts";
import { EncodingResolver } from "./encoding/encoding.resolver.ts";
import { ExperimentResolver } from "./experiment/experiment.resolver.ts";
import { experimentConnection } from "./experiment/experiment.type.ts";
import { GenomeResolver } from "./genome/genome.resolver.ts";
import { genomeConnection } from "./genome/genome.type.ts";
import { ImageResolver } from "./image/image.resolver.ts";
import { imageConnection } from "./image/image.type.ts";
import { meterFields } from "./limits/meterFields.ts";
import { MethodDefinitionResolver, MethodResolver } from "./method/method.resolver.ts";
import { ModelResolver } from "./model/model.resolver.ts";
import { modelConnection } from "./model/model.type.ts";
import { ModelDeletionResolver } from "./model/modelDeletion.resolver.ts";
import { NodeResolver } from "./node/node.resolver.ts";
import { DamagedFileResolver, ObjectStoreResolver } from "./objectStore/objectStore.resolver.ts";
import { ExperimentOutcomesResolver, OutcomeResolver, RunOutcomeResolver } from "./outcome/outcome.resolver.ts";
import { PerturbationResolver, RunPerturbationsResolver } from "./perturbation/perturbation.resolver.ts";
import { perturbationConnection } from "./perturbation/perturbation.type.ts";
import { PhotoResolver } from "./photo/photo.resolver.ts";
import { photoConnection } from "./photo/photo.type.ts";
import { PhylogenyResolver } from "./phylogeny/phylogeny.resolver.ts";
import { RelatednessResolver, RelatedPairResolver, RunRelatednessResolver } from "./relatedness/relatedness.resolver.ts";
import { ReportResolver } from "./report/report.resolver.ts";
import { reportConnection } from "./report/report.type.ts";
import { RunResolver } from "./run/run.resolver.ts";
import { runConnection } from "./run/run.type.ts";
import { RunControlResolver } from "./run/runControl.resolver.ts";
import { RunDeletionResolver } from "./run/runDeletion.resolver.ts";
import { RunEventResolver } from "./runEvent/runEvent.resolver.ts";
import { runEventConnection } from "./runEvent/runEvent.type.ts";
import { ScoreResolver } from "./score/score.resolver.ts";
import { scoreConnection } from "./score/score.type.ts";
import { SweepResolver } from "./sweep/sweep.resolver.ts";
import { RunTrajectoriesResolver, TrajectoryMilestoneResolver, TrajectoryResolver } from "./trajectory/trajectory.resolver.ts";
import { trajectoryConnection } from "./trajectory/trajectory.type.ts";
import { TransferCellResolver, TransferMatrixResolver } from "./transfer/transfer.resolver.ts";
import { UploadResolver } from "./upload/upload.resolver.ts";
import { uploadConnection } from "./upload/upload.type.ts";
import { UserResolver, ViewerResolver, WorkspaceResolver } from "./viewer/viewer.resolver.ts";
import { WorkerResolver } from "./worker/worker.resolver.ts";

export async function createSchema(): Promise<GraphQLSchema> {
  const schema = await buildSchema({
    resolvers: [
      NodeResolver,
      ViewerResolver,
      UserResolver,
      WorkspaceResolver,
      ExperimentResolver,
      RunResolver,
      RunControlResolver,
      RunDeletionResolver,
      RunEventResolver,
      EliteResolver,
      AncestorResolver,
      GenomeResolver,
      ImageResolver,
      ScoreResolver,
      ModelResolver,
      ModelDeletionResolver,
      EncodingResolver,
      WorkerResolver,
      ObjectStoreResolver,
      DamagedFileResolver,
      SweepResolver,
      AnalysisResolver,
      EliteAnalysesResolver,
      ImageAnalysesResolver,
      AscentResolver,
      AscentConfigurationResolver,
      RunConfigurationsResolver,
      ChainEliteResolver,
      ChainLinkResolver,
      ChainResolver,
      RunChainResolver,
      DifficultyResolver,
      DiversityResolver,
      MethodDefinitionResolver,
      MethodResolver,
      ExperimentOutcomesResolver,
      OutcomeResolver,
      RunOutcomeResolver,
      PerturbationResolver,
      RunPerturbationsResolver,
      PhotoResolver,
      PhylogenyResolver,
      RelatednessResolver,
      RelatedPairResolver,
      ReportResolver,
      RunRelatednessResolver,
      RunTrajectoriesResolver,
      TrajectoryMilestoneResolver,
      TrajectoryResolver,
      TransferCellResolver,
      TransferMatrixResolver,
      UploadResolver,
      ...([
        experimentConnection,
        runConnection,
        eliteConnection,
        genomeConnection,
        imageConnection,
        scoreConnection,
        modelConnection,
        runEventConnection,
        analysisConnection,
        chainConnection,
        perturbationConnection,
        photoConnection,
        reportConnection,
        trajectoryConnection,
        uploadConnection,
      ].map((types) => types.resolver) as (new () => object)[]),
    ],
    validate: false,
    // The library insists on one; our subscription brings its own stream.
    pubSub: createPubSub(),
  });
  return meterFields(schema);
}
