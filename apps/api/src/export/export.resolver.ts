/** Resolves exports, those of a run and of an experiment, and their mutations. */

import type { ExportRecord } from "@pareidolia/persistence/files/exports/readExports";
import type { ExperimentRecord } from "@pareidolia/persistence/lab/experiments/readExperiments";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import type { UserRecord } from "@pareidolia/persistence/workspace/workspaces/readWorkspaces";
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { type Payload, resolvePayload } from "../errors/payload.ts";
import { ExperimentType } from "../experiment/experiment.type.ts";
import { encodeGlobalId } from "../globalId/globalId.ts";
import { addressFor } from "../http/workspaceAddress.ts";
import { statementCost } from "../limits/costs.ts";
import type { Connection } from "../pagination/connection.ts";
import { ConnectionArguments } from "../pagination/connectionArguments.ts";
import { Requires } from "../policy/requires.ts";
import { RunType } from "../run/run.type.ts";
import { UserType } from "../viewer/viewer.type.ts";
import { CancelExportInput, DeleteExportInput, StartExportInput } from "./export.input.ts";
import { exportKey } from "./export.service.ts";
import {
  CancelExportPayload,
  DeleteExportPayload,
  ExportTableType,
  ExportType,
  exportConnection,
  StartExportPayload,
} from "./export.type.ts";

@Resolver(() => ExportType)
export class ExportResolver {
  @Requires("export:inspect")
  @Query(() => exportConnection.connection, {
    description: "Exports of your workspace, of all subjects, latest first. Expired ones are gone.",
  })
  exports(
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<ExportRecord>> {
    return services.exports.list(actor, args);
  }

  @FieldResolver(() => ID, { description: "ID of the export: opaque, and unique across all types." })
  id(@Root() record: ExportRecord): string {
    return encodeGlobalId("Export", record.id);
  }

  @FieldResolver(() => String, { description: "Key for people, such as EXPORT-3." })
  key(@Root() { number }: ExportRecord): string {
    return exportKey(number);
  }

  @FieldResolver(() => UserType, { nullable: true, description: "The member who requested it." })
  createdBy(@Root() { createdById }: ExportRecord, @Ctx() { loaders }: ApiContext): Promise<UserRecord | null> {
    return loaders.user.load(createdById);
  }

  @FieldResolver(() => [ExportTableType], { description: "The tables that have rows, in order; none until it is made." })
  tables(@Root() { tableRows }: ExportRecord): readonly ExportTableType[] {
    return Object.entries(tableRows ?? {}).map(([name, rows]) => ({ name, rows }));
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "Key of the earliest export in the workspace with the same `content`; null if there is none before this one.",
  })
  sameContentAs(@Root() { sameAs }: ExportRecord): string | null {
    return sameAs === null ? null : exportKey(sameAs);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "Path of the archive, such as /exports/EXPORT-3.zip; downloads resume with Range. Null until it is made.",
  })
  url(@Root() { sha256, number }: ExportRecord, @Ctx() { actor }: ApiContext): string | null {
    return sha256 === null ? null : addressFor(actor, `/exports/${exportKey(number)}.zip`);
  }
}

@Resolver(() => RunType)
export class RunExportsResolver {
  @Requires("export:inspect")
  @FieldResolver(() => exportConnection.connection, { complexity: statementCost, description: "Exports of the run, latest first." })
  exports(
    @Root() run: RunRecord,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<ExportRecord>> {
    return services.exports.listOfRun(actor, run, args);
  }
}

@Resolver(() => ExperimentType)
export class ExperimentExportsResolver {
  @Requires("export:inspect")
  @FieldResolver(() => exportConnection.connection, { complexity: statementCost, description: "Exports of the experiment, latest first." })
  exports(
    @Root() experiment: ExperimentRecord,
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<ExportRecord>> {
    return services.exports.listOfExperiment(actor, experiment, args);
  }
}

@Resolver()
export class ExportMutations {
  @Requires("export:start")
  @Mutation(() => StartExportPayload, {
    description: "Exports a run, an experiment or the workspace. A worker writes the archive, which is deleted after seven days.",
  })
  startExport(
    @Arg("input", () => StartExportInput, { description: "Input of `startExport`." }) input: StartExportInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ export: ExportRecord }>> {
    return resolvePayload("StartExportSuccess", async () => ({ export: await services.exports.start(actor, input) }));
  }

  @Requires("export:cancel")
  @Mutation(() => CancelExportPayload, { description: "Cancels an export that is queued or being made. Its worker stops within a second." })
  cancelExport(
    @Arg("input", () => CancelExportInput, { description: "Input of `cancelExport`." }) input: CancelExportInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ export: ExportRecord }>> {
    return resolvePayload("CancelExportSuccess", async () => ({ export: await services.exports.cancel(actor, input) }));
  }

  @Requires("export:delete")
  @Mutation(() => DeleteExportPayload, {
    description: "Deletes an export that has ended, before it expires. Its storage is freed within a day.",
  })
  deleteExport(
    @Arg("input", () => DeleteExportInput, { description: "Input of `deleteExport`." }) input: DeleteExportInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ deletedKey: string }>> {
    return resolvePayload("DeleteExportSuccess", async () => ({ deletedKey: await services.exports.delete(actor, input) }));
  }
}
