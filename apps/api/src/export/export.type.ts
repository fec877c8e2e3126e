/** An export of a run, an experiment or the workspace: an archive with every row, for a limited time. */
import { Field, Float, Int, ObjectType, registerEnumType } from "type-graphql";
import { WorkStateEnum } from "../chain/chain.type.ts";
import { payloadOf } from "../errors/payload.ts";
import { NodeInterface } from "../node/node.type.ts";
import { connectionTypesOf } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";

export const ExportSubjectEnum = { RUN: "run", EXPERIMENT: "experiment", WORKSPACE: "workspace" } as const;

registerEnumType(ExportSubjectEnum, {
  name: "ExportSubject",
  description: "What an export contains.",
  valuesConfig: {
    RUN: { description: "One run with its results." },
    EXPERIMENT: { description: "An experiment with its runs and sweeps." },
    WORKSPACE: { description: "All experiments of the workspace, and its tags." },
  },
});

export const ExportPartEnum = { IMAGES: "images", GENOMES: "genomes", SCORES: "scores", MODELS: "models" } as const;

registerEnumType(ExportPartEnum, {
  name: "ExportPart",
  description: "What an export may leave out.",
  valuesConfig: {
    IMAGES: { description: "Images as PNG files." },
    GENOMES: { description: "Bytes of genomes." },
    SCORES: { description: "Scores of the images, with the networks that gave them." },
    MODELS: { description: "Files of uploaded and retrained networks, and training images of retraining chains." },
  },
});

export const ExportFormatEnum = { CSV: "csv", JSON_LINES: "jsonl", PARQUET: "parquet" } as const;

registerEnumType(ExportFormatEnum, {
  name: "ExportFormat",
  description: "A format of an export's tables.",
  valuesConfig: {
    CSV: { description: "CSV (RFC 4180), safe in spreadsheets." },
    JSON_LINES: { description: "A JSON object on each line. An import needs this format." },
    PARQUET: { description: "Apache Parquet." },
  },
});

@Requires("export:inspect")
@ObjectType("ExportTable", { description: "A table of an export." })
export class ExportTableType {
  @Field(() => String, { description: "Name, such as elites." })
  readonly name!: string;

  @Field(() => Float, { description: "Number of rows." })
  readonly rows!: number;
}

@Requires("export:inspect")
@ObjectType("Export", {
  implements: NodeInterface,
  description:
    "Every row of a run, an experiment or the workspace in one ZIP archive, with a manifest of counts and hashes. Another export of the same state has the same bytes.",
})
export class ExportType extends NodeInterface {
  @Field(() => Int, { description: "Number of the export in its workspace, from 1." })
  readonly number!: number;

  @Field(() => ExportSubjectEnum, { description: "What it contains." })
  readonly subject!: string;

  @Field(() => String, { nullable: true, description: "Key of the run or experiment when it was requested; null for the workspace." })
  readonly subjectKey!: string | null;

  @Field(() => [ExportPartEnum], { description: "The chosen parts; tables of runs and their results are in every export." })
  readonly parts!: readonly string[];

  @Field(() => [ExportFormatEnum], { description: "Formats of its tables." })
  readonly formats!: readonly string[];

  @Field(() => WorkStateEnum, { description: "State of the job that makes it. It can be downloaded once it has succeeded." })
  readonly state!: string;

  @Field(() => Int, { description: "Rows and files that the job has read or written so far." })
  readonly done!: number;

  @Field(() => Int, { nullable: true, description: "Rows and files in all; null while rows are read." })
  readonly total!: number | null;

  @Field(() => String, { nullable: true, description: "Why it failed; null if it did not." })
  readonly failure!: string | null;

  @Field(() => String, { nullable: true, description: "SHA-256 of the archive in hexadecimal; null until it is made." })
  readonly sha256!: string | null;

  @Field(() => Float, { nullable: true, description: "Size of the archive in bytes; null until it is made." })
  readonly byteLength!: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      "SHA-256 of what was exported, whatever its formats; null until it is made. An import of the archive, exported again, has the same.",
  })
  readonly content!: string | null;

  @Field(() => Float, { nullable: true, description: "Rows of all tables; null until it is made." })
  readonly rowCount!: number | null;

  @Field(() => Int, { nullable: true, description: "Files in the archive; null until it is made." })
  readonly fileCount!: number | null;

  @Field(() => DateTimeScalar, { description: "When it was requested." })
  readonly createdAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: "When a worker began to make it; null before." })
  readonly startedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it was made, failed or was cancelled; null before." })
  readonly endedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it is deleted; null until it is made." })
  readonly expiresAt!: Date | null;
}

@Requires("export:start")
@ObjectType("StartExportSuccess", { description: "The requested export. A worker makes it." })
export class StartExportSuccess {
  @Field(() => ExportType, { description: "The requested export." })
  readonly export!: unknown;
}

@Requires("export:cancel")
@ObjectType("CancelExportSuccess", { description: "The cancelled export." })
export class CancelExportSuccess {
  @Field(() => ExportType, { description: "The cancelled export." })
  readonly export!: unknown;
}

@Requires("export:delete")
@ObjectType("DeleteExportSuccess", { description: "The export is deleted." })
export class DeleteExportSuccess {
  @Field(() => String, { description: "Key of the deleted export." })
  readonly deletedKey!: string;
}

export const exportConnection = connectionTypesOf({ noun: "Export", plural: "exports", node: ExportType, action: "export:inspect" });

export const StartExportPayload = payloadOf({
  name: "StartExportPayload",
  description: "Result of `startExport`.",
  success: StartExportSuccess,
  missing: true,
  quota: true,
});

export const CancelExportPayload = payloadOf({
  name: "CancelExportPayload",
  description: "Result of `cancelExport`.",
  success: CancelExportSuccess,
  missing: true,
});

export const DeleteExportPayload = payloadOf({
  name: "DeleteExportPayload",
  description: "Result of `deleteExport`.",
  success: DeleteExportSuccess,
  missing: true,
});
