/** Inputs of the mutations of imports. */
import { type ChoosableRole, choosableRoles } from "@pareidolia/exchange/imports/columnRoles";
import { Field, ID, InputType, registerEnumType } from "type-graphql";

export const ColumnChoiceEnum = Object.fromEntries(choosableRoles.map((role) => [role.toUpperCase(), role])) as Readonly<
  Record<string, ChoosableRole>
>;

registerEnumType(ColumnChoiceEnum, {
  name: "ImportColumnChoice",
  description: "What a member makes of a column of an imported table.",
  valuesConfig: {
    NAME: { description: "The run's name." },
    NOTES: { description: "The run's notes." },
    PARAMETER: { description: "Its values become a parameter of the runs." },
    METRIC: { description: "A metric: cells that are not numbers are skipped." },
    TAG: { description: "A tag, such as optimiser=adam." },
    IGNORED: { description: "Nothing." },
  },
});

@InputType("PreviewImportInput", { description: "Input of `previewImport`." })
export class PreviewImportInput {
  @Field(() => ID, {
    description:
      "ID of a finished upload of the kind IMPORT. The content of the file decides its format; `importFormats` lists the formats.",
  })
  uploadId!: string;

  @Field(() => String, {
    nullable: true,
    description:
      "A unique key, such as a UUID, of 1 to 200 characters. A second request with the same key returns the import of the first.",
  })
  idempotencyKey?: string | null;
}

@InputType("ImportColumnInput", { description: "The use of a column." })
export class ImportColumnInput {
  @Field(() => String, { description: "Name of the column." })
  column!: string;

  @Field(() => ColumnChoiceEnum, { description: "What the column's values become." })
  use!: ChoosableRole;
}

@InputType("MapImportColumnsInput", { description: "Input of `mapImportColumns`." })
export class MapImportColumnsInput {
  @Field(() => ID, { description: "ID of an import that is READY, of a table of runs." })
  importId!: string;

  @Field(() => [ImportColumnInput], {
    description: "Changes of the mapping that was detected: at most 5,000. They replace earlier changes.",
  })
  columns!: ImportColumnInput[];
}

@InputType("StartImportInput", { description: "Input of `startImport`." })
export class StartImportInput {
  @Field(() => ID, { description: "ID of an import that is READY." })
  importId!: string;

  @Field(() => ID, {
    nullable: true,
    description: "ID or key of the experiment to add the runs to. Default: a new experiment.",
  })
  experimentId?: string | null;

  @Field(() => String, { nullable: true, description: "Name of the new experiment: at most 120 characters. Default: that of the file." })
  experimentName?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: "ID of the network whose class indices the source uses. Default: an unknown network.",
  })
  modelId?: string | null;
}

@InputType("ImportInput", { description: "Names an import." })
export class ImportInput {
  @Field(() => ID, { description: "ID of the import." })
  importId!: string;
}
