/** An import: a file of results, what it contains, and what was made of it. */
import { columnRoles } from "@pareidolia/exchange/imports/columnRoles";
import { Field, Float, Int, ObjectType, registerEnumType } from "type-graphql";
import { payloadOf } from "../errors/payload.ts";
import { ExportSubjectEnum } from "../export/export.type.ts";
import { NodeInterface } from "../node/node.type.ts";
import { MetricValuesScalar, ParameterValuesScalar } from "../openValue/openValues.ts";
import { connectionTypesOf } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";
import { RefusedItemType } from "../trash/refusedItem.type.ts";

export const ImportStateEnum = {
  INSPECTING: "INSPECTING",
  READY: "READY",
  WRITING: "WRITING",
  SUCCEEDED: "SUCCEEDED",
  FAILED: "FAILED",
  CANCELLED: "CANCELLED",
} as const;

registerEnumType(ImportStateEnum, {
  name: "ImportState",
  description: "The state of an import.",
  valuesConfig: {
    INSPECTING: { description: "A worker reads the file, or the file waits for one." },
    READY: { description: "The preview is there. `startImport` starts the import." },
    WRITING: { description: "A worker stores the runs. They appear all at once, at the end." },
    SUCCEEDED: { description: "The runs are stored." },
    FAILED: { description: "Nothing was stored, for the reason in `failure`." },
    CANCELLED: { description: "A member cancelled it. Nothing was stored." },
  },
});

const ColumnUseEnum = Object.fromEntries(columnRoles.map((role) => [role.toUpperCase(), role]));
const uses: Readonly<Record<(typeof columnRoles)[number], string>> = {
  key: "The run's ID in the source.",
  name: "The run's name.",
  state: "The run's state.",
  started: "When the run started.",
  ended: "When the run ended.",
  duration: "The run's duration in seconds.",
  tags: "A list of tags.",
  notes: "The run's notes.",
  parameter: "The value becomes a parameter of the run.",
  metric: "The number becomes a metric of the run.",
  tag: "The text becomes a tag of the run.",
  parameters: "Several parameters, as a dictionary.",
  metrics: "Several metrics, as a dictionary.",
  ignored: "Nothing.",
};

registerEnumType(ColumnUseEnum, {
  name: "ImportColumnUse",
  description: "The use of a column of an imported table.",
  valuesConfig: Object.fromEntries(Object.entries(uses).map(([role, description]) => [role.toUpperCase(), { description }])),
});

@Requires("import:read")
@ObjectType("ImportFormat", { description: "A format of files that can be imported." })
export class ImportFormatType {
  @Field(() => String, { description: "ID of the format." })
  readonly id!: string;

  @Field(() => String, { description: "Name of the program or format." })
  readonly label!: string;

  @Field(() => String, { description: "Which files these are, and what is read from them." })
  readonly description!: string;
}

@Requires("import:read")
@ObjectType("ImportColumn", { description: "A column of a table of runs, and its use." })
export class ImportColumn {
  @Field(() => String, { description: "Name of the column." })
  readonly column!: string;

  @Field(() => ColumnUseEnum, { description: "Its use." })
  readonly role!: string;

  @Field(() => String, { description: "Name of the parameter, metric or tag; otherwise that of the column." })
  readonly name!: string;

  @Field(() => [String], { description: "Its cells in the first rows, as text." })
  readonly first!: readonly string[];
}

@Requires("import:read")
@ObjectType("PreviewedRun", { description: "A run that an import would make." })
export class PreviewedRunType {
  @Field(() => String, { description: "The run's ID or folder in the source." })
  readonly key!: string;

  @Field(() => String, { description: "The name that the run gets here." })
  readonly name!: string;

  @Field(() => String, { description: "Its state, in the source's words." })
  readonly state!: string;

  @Field(() => ParameterValuesScalar, { description: "Its parameters by name: the first 40." })
  readonly parameters!: unknown;

  @Field(() => MetricValuesScalar, { description: "Its metrics by name: the first 40." })
  readonly metrics!: unknown;

  @Field(() => [String], { description: "The tags that the run gets here, in lower case." })
  readonly tags!: readonly string[];

  @Field(() => Int, { description: "Number of its images." })
  readonly imageCount!: number;

  @Field(() => Boolean, { description: "Whether it has a curve over generations." })
  readonly hasCurve!: boolean;
}

@Requires("import:read")
@ObjectType("SkippedPart", { description: "A part of a file that is not imported." })
export class SkippedPart {
  @Field(() => String, { description: "The row, image or file." })
  readonly what!: string;

  @Field(() => String, { description: "Why, as a part of a sentence." })
  readonly reason!: string;
}

@Requires("import:read")
@ObjectType("ImportOrigin", { description: "Where an export of this product was made, and what it is an export of." })
export class ImportOriginType {
  @Field(() => ExportSubjectEnum, { description: "What it is an export of." })
  readonly subject!: string;

  @Field(() => String, { description: "Name of the workspace." })
  readonly workspace!: string;

  @Field(() => String, { nullable: true, description: "Key of the run or experiment there; null for a workspace." })
  readonly key!: string | null;

  @Field(() => [String], { description: "Names of the experiments that it restores: the first 100. The export of a run has none." })
  readonly experiments!: readonly string[];

  @Field(() => Int, { description: "Number of all of these." })
  readonly experimentCount!: number;
}

@Requires("import:read")
@ObjectType("ImportThumbnail", { description: "An image of a file, before the import stores it." })
export class ImportThumbnailType {
  @Field(() => String, { description: "The image, of at most 64 pixels a side, as a data URL." })
  readonly url!: string;

  @Field(() => String, { description: "Name of the class that it shows; empty without one." })
  readonly label!: string;
}

@Requires("run:read")
@ObjectType("RestoredFrom", { description: "The run of an export from which an import has restored a run." })
export class RestoredFromType {
  @Field(() => String, { description: "Name of the workspace in which the export was made." })
  readonly workspace!: string;

  @Field(() => String, { description: "Key of the run there." })
  readonly key!: string;

  @Field(() => DateTimeScalar, { description: "When it was imported." })
  readonly at!: Date;
}

@Requires("import:read")
@ObjectType("ImportPreview", { description: "What an import would make of a file." })
export class ImportPreviewType {
  @Field(() => Int, { description: "Number of runs." })
  readonly runCount!: number;

  @Field(() => Int, { description: "Number of images." })
  readonly imageCount!: number;

  @Field(() => [PreviewedRunType], { description: "The first 50 runs." })
  readonly runs!: readonly PreviewedRunType[];

  @Field(() => [ImportColumn], { description: "Columns of a table of runs; empty for other files." })
  readonly columns!: readonly ImportColumn[];

  @Field(() => [String], { description: "What a member should know before starting, as sentences: the first 100." })
  readonly warnings!: readonly string[];

  @Field(() => [SkippedPart], { description: "Rows, images and files that are damaged: the first 100." })
  readonly skipped!: readonly SkippedPart[];

  @Field(() => Int, { description: "Number of all of these. Damaged images are found only by the import." })
  readonly skippedCount!: number;

  @Field(() => [String], { description: "Columns and files that are not imported: the first 100." })
  readonly unmapped!: readonly string[];

  @Field(() => Int, { description: "Number of all of these." })
  readonly unmappedCount!: number;

  @Field(() => String, { description: "Proposed name of the new experiment." })
  readonly experimentName!: string;

  @Field(() => ImportOriginType, { nullable: true, description: "Of an export of this product; null for files of other programs." })
  readonly origin!: unknown;
}

@Requires("import:read")
@ObjectType("ImportReport", { description: "What an import has stored." })
export class ImportReportType {
  @Field(() => Int, { description: "Number of runs." })
  readonly runCount!: number;

  @Field(() => Int, { description: "Number of images." })
  readonly imageCount!: number;

  @Field(() => [String], { description: "Warnings, as sentences: the first 1,000." })
  readonly warnings!: readonly string[];

  @Field(() => [SkippedPart], { description: "Rows, images and files that were not imported: the first 1,000." })
  readonly skipped!: readonly SkippedPart[];

  @Field(() => Int, { description: "Number of all of these." })
  readonly skippedCount!: number;
}

@Requires("import:read")
@ObjectType("Import", {
  implements: NodeInterface,
  description: "An import of a file of results. Those that stored nothing are deleted a week after they ended.",
})
export class ImportType extends NodeInterface {
  @Field(() => String, { description: "Name of the file." })
  readonly fileName!: string;

  @Field(() => String, { description: "SHA-256 of the file." })
  readonly sha256!: string;

  @Field(() => Float, { description: "Size of the file in bytes." })
  readonly byteLength!: number;

  @Field(() => ImportStateEnum, { description: "How far the import is: inspected, waiting for a choice, running or ended." })
  readonly state!: string;

  @Field(() => Int, { description: "Number of images that are stored." })
  readonly done!: number;

  @Field(() => Int, { nullable: true, description: "Number of images to store; null until it is known." })
  readonly total!: number | null;

  @Field(() => String, { nullable: true, description: "Why it failed, as a sentence; null otherwise." })
  readonly failure!: string | null;

  @Field(() => DateTimeScalar, { description: "When the file was handed in." })
  readonly createdAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: "When the import ended; null until then." })
  readonly endedAt!: Date | null;
}

export const importConnection = connectionTypesOf({ noun: "Import", plural: "imports", node: ImportType, action: "import:read" });

@Requires("import:create")
@ObjectType("PreviewImportSuccess", { description: "A worker reads the file." })
export class PreviewImportSuccess {
  @Field(() => ImportType, { description: "The new import, whose file a worker inspects; nothing is written yet." })
  readonly import!: unknown;
}

@Requires("import:create")
@ObjectType("MapImportColumnsSuccess", { description: "A worker reads the file again, with the changed mapping." })
export class MapImportColumnsSuccess {
  @Field(() => ImportType, { description: "The import, whose preview follows the new choices." })
  readonly import!: unknown;
}

@Requires("import:create")
@ObjectType("StartImportSuccess", { description: "A worker stores the runs." })
export class StartImportSuccess {
  @Field(() => ImportType, { description: "The import, which waits for a worker to write its runs." })
  readonly import!: unknown;
}

@Requires("import:create")
@ObjectType("CancelImportSuccess", { description: "The import is cancelled, and has stored nothing." })
export class CancelImportSuccess {
  @Field(() => ImportType, { description: "The import, which writes nothing more." })
  readonly import!: unknown;
}

@Requires("import:undo")
@ObjectType("UndoImportSuccess", { description: "The runs of the import are in the trash, from which they can be restored." })
export class UndoImportSuccess {
  @Field(() => ImportType, { description: "The import, whose runs are removed." })
  readonly import!: unknown;

  @Field(() => Int, { description: "Number of runs that this request moved to the trash." })
  readonly runCount!: number;

  @Field(() => [RefusedItemType], { description: "Runs and experiments that stay, such as locked ones, with the reason." })
  readonly refused!: readonly unknown[];
}

const payload = (name: string, success: Parameters<typeof payloadOf>[0]["success"], quota = false) =>
  payloadOf({
    name: `${name[0]?.toUpperCase()}${name.slice(1)}Payload`,
    description: `Result of \`${name}\`.`,
    success,
    missing: true,
    ...(quota ? { quota: true } : {}),
  });

export const PreviewImportPayload = payload("previewImport", PreviewImportSuccess, true);
export const MapImportColumnsPayload = payload("mapImportColumns", MapImportColumnsSuccess);
export const StartImportPayload = payload("startImport", StartImportSuccess, true);
export const CancelImportPayload = payload("cancelImport", CancelImportSuccess);
export const UndoImportPayload = payload("undoImport", UndoImportSuccess);
