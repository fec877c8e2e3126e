/** Resolves imports and their mutations. */
import { importSources } from "@pareidolia/core/runKinds/imported";
import type { ImportPreview } from "@pareidolia/exchange/imports/importPreview";
import type { ImportReport } from "@pareidolia/exchange/imports/importReport";
import type { ImportRecord } from "@pareidolia/persistence/files/imports/readImports";
import type { Thumbnail } from "@pareidolia/persistence/files/restoring/readRestored";
import type { ExperimentRecord } from "@pareidolia/persistence/lab/experiments/readExperiments";
import type { UserRecord } from "@pareidolia/persistence/workspace/workspaces/readWorkspaces";
import { Arg, Args, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { type Payload, resolvePayload } from "../errors/payload.ts";
import { ExperimentType } from "../experiment/experiment.type.ts";
import { encodeGlobalId } from "../globalId/globalId.ts";
import { statementCost } from "../limits/costs.ts";
import type { Connection } from "../pagination/connection.ts";
import { ConnectionArguments } from "../pagination/connectionArguments.ts";
import { policy } from "../policy/policy.ts";
import { Requires } from "../policy/requires.ts";
import { UserType } from "../viewer/viewer.type.ts";
import { ImportInput, MapImportColumnsInput, PreviewImportInput, StartImportInput } from "./import.input.ts";
import type { UndoneImport } from "./import.service.ts";
import {
  CancelImportPayload,
  ImportFormatType,
  ImportPreviewType,
  ImportReportType,
  ImportThumbnailType,
  ImportType,
  importConnection,
  MapImportColumnsPayload,
  PreviewImportPayload,
  StartImportPayload,
  UndoImportPayload,
} from "./import.type.ts";

@Resolver(() => ImportType)
export class ImportResolver {
  @Requires("import:read")
  @Query(() => importConnection.connection, { description: "Imports of the workspace, latest first." })
  imports(
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<ImportRecord>> {
    return services.imports.list(actor, args);
  }

  @Requires("import:read")
  @Query(() => [ImportFormatType], { description: "The formats of files that can be imported. The content of a file decides its format." })
  importFormats(@Ctx() { actor }: ApiContext): readonly ImportFormatType[] {
    policy.requireInWorkspace(actor, "import:read");
    return importSources;
  }

  @FieldResolver(() => ID, { description: "ID of the import: opaque, and unique across all types." })
  id(@Root() record: ImportRecord): string {
    return encodeGlobalId("Import", record.id);
  }

  @FieldResolver(() => UserType, { nullable: true, description: "The member who handed the file in." })
  createdBy(@Root() record: ImportRecord, @Ctx() { loaders }: ApiContext): Promise<UserRecord | null> {
    return loaders.user.load(record.createdById);
  }

  @FieldResolver(() => ImportFormatType, { nullable: true, description: "Format of the file; null until it is read." })
  format(@Root() record: ImportRecord, @Ctx() { services }: ApiContext): ImportFormatType | null {
    const id = services.imports.previewOf(record)?.format;
    return importSources.find((source) => source.id === id) ?? null;
  }

  @FieldResolver(() => ImportPreviewType, { nullable: true, description: "What the file contains; null until it is read." })
  preview(@Root() record: ImportRecord, @Ctx() { services }: ApiContext): ImportPreview | null {
    return services.imports.previewOf(record);
  }

  @FieldResolver(() => [ImportThumbnailType], {
    complexity: statementCost,
    description: "The first images of the file, at most 24; empty until it is read.",
  })
  thumbnails(@Root() record: ImportRecord, @Ctx() { loaders }: ApiContext): Promise<readonly Thumbnail[]> {
    return loaders.importThumbnails.load(record);
  }

  @FieldResolver(() => ImportReportType, { nullable: true, description: "What was stored; null until then." })
  report(@Root() record: ImportRecord, @Ctx() { services }: ApiContext): ImportReport | null {
    return services.imports.reportOf(record);
  }

  @FieldResolver(() => Int, { description: "Number of its runs outside the trash." })
  async runCount(@Root() record: ImportRecord, @Ctx() { loaders }: ApiContext): Promise<number> {
    return (await loaders.importedRows.load(record)).runCount;
  }

  @FieldResolver(() => [ExperimentType], { description: "The experiments of these runs." })
  async experiments(@Root() record: ImportRecord, @Ctx() { loaders }: ApiContext): Promise<ExperimentRecord[]> {
    const { experimentIds } = await loaders.importedRows.load(record);
    const found = await Promise.all(experimentIds.map((id) => loaders.experiment.load(id)));
    return found.filter((experiment) => experiment !== null);
  }
}

@Resolver()
export class ImportMutations {
  @Requires("import:create")
  @Mutation(() => PreviewImportPayload, {
    description: "Hands in a file of results. A worker reads it, and the import is then READY with a preview, or FAILED with the reason.",
  })
  previewImport(
    @Arg("input", () => PreviewImportInput, { description: "Input of `previewImport`." }) input: PreviewImportInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ import: ImportRecord }>> {
    return resolvePayload("PreviewImportSuccess", async () => ({ import: await services.imports.preview(actor, input) }));
  }

  @Requires("import:create")
  @Mutation(() => MapImportColumnsPayload, {
    description: "Changes the uses of the columns of a table of runs. The file is then read again.",
  })
  mapImportColumns(
    @Arg("input", () => MapImportColumnsInput, { description: "Input of `mapImportColumns`." }) input: MapImportColumnsInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ import: ImportRecord }>> {
    return resolvePayload("MapImportColumnsSuccess", async () => ({ import: await services.imports.mapColumns(actor, input) }));
  }

  @Requires("import:create")
  @Mutation(() => StartImportPayload, {
    description: "Stores the runs of a file. They appear all at once at the end; an import that fails or is cancelled stores nothing.",
  })
  startImport(
    @Arg("input", () => StartImportInput, { description: "Input of `startImport`." }) input: StartImportInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ import: ImportRecord }>> {
    return resolvePayload("StartImportSuccess", async () => ({ import: await services.imports.start(actor, input) }));
  }

  @Requires("import:create")
  @Mutation(() => CancelImportPayload, { description: "Cancels an import that has not ended." })
  cancelImport(
    @Arg("input", () => ImportInput, { description: "Input of `cancelImport`." }) input: ImportInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ import: ImportRecord }>> {
    return resolvePayload("CancelImportSuccess", async () => ({ import: await services.imports.cancel(actor, input.importId) }));
  }

  @Requires("import:undo")
  @Mutation(() => UndoImportPayload, {
    description: "Moves what an import has stored to the trash, with the experiments that it made if nothing else is in them.",
  })
  undoImport(
    @Arg("input", () => ImportInput, { description: "Input of `undoImport`." }) input: ImportInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<UndoneImport>> {
    return resolvePayload("UndoImportSuccess", () => services.imports.undo(actor, input.importId));
  }
}
