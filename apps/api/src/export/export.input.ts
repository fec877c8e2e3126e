/** Inputs of the mutations of exports. */
import type { TableFormatId } from "@pareidolia/archive/tables/writeTable";
import type { BundlePart, BundleSubject } from "@pareidolia/exchange/bundleManifest";
import { Field, ID, InputType } from "type-graphql";
import { ExportFormatEnum, ExportPartEnum, ExportSubjectEnum } from "./export.type.ts";

@InputType("StartExportInput", { description: "Input of `startExport`." })
export class StartExportInput {
  @Field(() => ExportSubjectEnum, { description: "What to export." })
  subject!: BundleSubject;

  @Field(() => ID, { nullable: true, description: "ID or key of the run or experiment. Leave it out for the workspace." })
  subjectId?: string | null;

  @Field(() => [ExportPartEnum], {
    defaultValue: ["genomes", "images", "models", "scores"],
    description: "Parts of the export. Default: all.",
  })
  parts!: BundlePart[];

  @Field(() => [ExportFormatEnum], {
    defaultValue: ["csv", "jsonl", "parquet"],
    description: "Formats of the tables, at least one. Default: all.",
  })
  formats!: TableFormatId[];

  @Field(() => String, {
    nullable: true,
    description: "A unique key, such as a UUID, of 1 to 200 characters. A second request with the same key returns the first's export.",
  })
  idempotencyKey?: string | null;
}

@InputType("CancelExportInput", { description: "Input of `cancelExport`." })
export class CancelExportInput {
  @Field(() => ID, { description: "ID of an export that is queued or being made." })
  exportId!: string;
}

@InputType("DeleteExportInput", { description: "Input of `deleteExport`." })
export class DeleteExportInput {
  @Field(() => ID, { description: "ID of an export that has ended." })
  exportId!: string;
}
