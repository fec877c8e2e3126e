/** Inputs that request, finish and delete uploads. */
import { Field, Float, ID, InputType, registerEnumType } from "type-graphql";
import { maxInBatch } from "../settled.ts";

export const UploadKindEnum = { MODEL: "MODEL", PHOTO: "PHOTO", IMPORT: "IMPORT" } as const;

registerEnumType(UploadKindEnum, {
  name: "UploadKind",
  description: "What an uploaded file is for.",
  valuesConfig: {
    MODEL: { description: "A model or a file with its weights, at most 256 MB: for `registerModel`." },
    PHOTO: { description: "A PNG, JPEG or BMP image, at most 20 MB: for `uploadImage`." },
    IMPORT: {
      description:
        "A file of results, at most 256 MB, or an export of this product, at most the size that the operator allows (20 GB by default): for `previewImport`.",
    },
  },
});

@InputType("FileInput", { description: "A file that a member wants to send." })
export class FileInput {
  @Field(() => UploadKindEnum, { description: "The purpose of the file." })
  kind!: "MODEL" | "PHOTO" | "IMPORT";

  @Field(() => String, { description: "Name of the file, shown in lists: 1 to 200 characters." })
  fileName!: string;

  @Field(() => Float, { description: "Exact size of the file, in bytes, above 0. It counts against the storage quota of the workspace." })
  byteLength!: number;
}

@InputType("RequestUploadInput", { description: "Input of `requestUpload`." })
export class RequestUploadInput extends FileInput {}

@InputType("RequestUploadsInput", { description: "Input of `requestUploads`." })
export class RequestUploadsInput {
  @Field(() => [FileInput], { description: `The files: 1 to ${maxInBatch}.` })
  files!: FileInput[];
}

@InputType("FinishUploadInput", { description: "Input of `finishUpload`." })
export class FinishUploadInput {
  @Field(() => ID, { description: "ID of the upload, whose file has been sent." })
  uploadId!: string;
}

@InputType("DeleteUploadInput", { description: "Input of `deleteUpload`." })
export class DeleteUploadInput {
  @Field(() => ID, { description: "ID of the upload." })
  uploadId!: string;
}
