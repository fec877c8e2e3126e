/** Resolves what only imported runs have. */
import type { ImportedCurvePoint, ImportedHistory } from "@pareidolia/core/runKinds/imported";
import type { ImportedImageRecord } from "@pareidolia/persistence/files/imports/readImportedImages";
import type { ImportRecord } from "@pareidolia/persistence/files/imports/readImports";
import type { ImageRecord } from "@pareidolia/persistence/lab/images/readImages";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { ImageType } from "../image/image.type.ts";
import { statementCost } from "../limits/costs.ts";
import { loadExisting } from "../loadExisting.ts";
import { MetricValuesScalar } from "../openValue/openValues.ts";
import type { Connection } from "../pagination/connection.ts";
import { ConnectionArguments } from "../pagination/connectionArguments.ts";
import { ImportedRunType } from "../run/runsByKind.type.ts";
import { ImportType } from "./import.type.ts";
import { ImportedCurvePointType, ImportedHistoryType, ImportedImageType, importedImageConnection } from "./importedRun.type.ts";

@Resolver(() => ImportedRunType)
export class ImportedRunResolver {
  @FieldResolver(() => MetricValuesScalar, { description: "The source's figures by name. They were not measured here." })
  metrics(@Root() run: RunRecord): unknown {
    return run.kind === "imported" ? run.plan.metrics : {};
  }

  @FieldResolver(() => String, { description: "The run's ID or folder in the source." })
  sourceKey(@Root() run: RunRecord): string {
    return run.kind === "imported" ? run.plan.source.key : "";
  }

  @FieldResolver(() => String, { description: "The run's state in the source's words; empty without one." })
  sourceState(@Root() run: RunRecord): string {
    return run.kind === "imported" ? run.plan.source.state : "";
  }

  @FieldResolver(() => ImportType, {
    nullable: true,
    complexity: statementCost,
    description: "The import that stored it; null for visitors, and once the import is deleted.",
  })
  async import(@Root() run: RunRecord, @Ctx() { loaders }: ApiContext): Promise<ImportRecord | null> {
    return run.kind === "imported" ? loaders.import.load(run.plan.source.importId) : null;
  }

  @FieldResolver(() => [ImportedCurvePointType], {
    complexity: statementCost,
    description: "Statistics after each generation, as the source states them; empty without them.",
  })
  async curve(@Root() run: RunRecord, @Ctx() { loaders }: ApiContext): Promise<readonly ImportedCurvePoint[]> {
    return (await loaders.importedCurves.load(run)).curve;
  }

  @FieldResolver(() => [ImportedHistoryType], {
    complexity: statementCost,
    description: "Metrics over steps, as the source states them: at most 50 metrics, each at no more than 2,000 steps. Empty without them.",
  })
  async histories(@Root() run: RunRecord, @Ctx() { loaders }: ApiContext): Promise<readonly ImportedHistory[]> {
    return (await loaders.importedCurves.load(run)).histories;
  }

  @FieldResolver(() => importedImageConnection.connection, { complexity: statementCost, description: "Its images, in the source's order." })
  images(
    @Root() run: RunRecord,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<ImportedImageRecord>> {
    return services.imports.listImages(actor, run, args);
  }
}

@Resolver(() => ImportedImageType)
export class ImportedImageResolver {
  @FieldResolver(() => ImageType, { description: "The image, as stored." })
  image(@Root() row: ImportedImageRecord, @Ctx() { loaders }: ApiContext): Promise<ImageRecord> {
    return loadExisting(loaders.image, row.imageSha256);
  }
}
