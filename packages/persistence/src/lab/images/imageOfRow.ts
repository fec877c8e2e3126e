/** Reads a row's image as a column of the same statement, so that a list of results needs no second statement. */
import { Prisma } from "../../generated/client.ts";
import type { ImageRecord } from "./readImages.ts";

/** As parsed from JSON, with the date as a string. */
interface ImageOfRow extends Omit<ImageRecord, "createdAt"> {
  readonly createdAt: string;
}

/** A row as the statement returns it. */
export type WithRawImage<Row extends { readonly image: ImageRecord }> = Omit<Row, "image"> & { readonly image: ImageOfRow };

/** The column `image`: an index look-up, evaluated only for the rows that the statement returns. */
export function imageOfRow(sha256: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(SELECT jsonb_build_object('sha256', i.sha256, 'width', i.width, 'height', i.height, 'channels', i.channels,
    'byteLength', i.byte_length, 'createdAt', i.created_at) FROM images i WHERE i.sha256 = ${sha256}) AS image`;
}

export function readImageOfRow<Row extends { readonly image: ImageOfRow }>(row: Row): Omit<Row, "image"> & { readonly image: ImageRecord } {
  return { ...row, image: { ...row.image, createdAt: new Date(row.image.createdAt) } };
}
