/** Bulk queries, their files, and the payloads of their mutations. */
import { Field, Float, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { WorkStateEnum } from "../chain/chain.type.ts";
import { payloadOf } from "../errors/payload.ts";
import { NodeInterface } from "../node/node.type.ts";
import { QueryVariablesScalar } from "../openValue/openValues.ts";
import { connectionTypesOf } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";

export const BulkFormatEnum = { CSV: "csv", JSONL: "jsonl", PARQUET: "parquet" } as const;

registerEnumType(BulkFormatEnum, {
  name: "BulkFormat",
  description: "Format of a bulk query's file.",
  valuesConfig: {
    CSV: { description: "CSV (RFC 4180), safe in spreadsheets: a line for each row, and a column for each value." },
    JSONL: { description: "JSON lines: an object for each row, and for each row of the lists inside it." },
    PARQUET: { description: "Apache Parquet, with the columns of CSV." },
  },
});

@Requires("bulkQuery:inspect")
@ObjectType("BulkFile", { description: "The file of a bulk query." })
export class BulkFileType {
  @Field(() => String, {
    description: "Path of the file, signed: it needs no credentials until `urlExpiresAt`. Downloads resume with Range.",
  })
  readonly url!: string;

  @Field(() => DateTimeScalar, { description: "When the path stops working: after an hour. Read it again for a new one." })
  readonly urlExpiresAt!: Date;

  @Field(() => String, { description: "SHA-256 of the file in hexadecimal, which is also its entity tag." })
  readonly sha256!: string;

  @Field(() => Float, { description: "Size in bytes." })
  readonly byteLength!: number;
}

@Requires("bulkQuery:inspect")
@ObjectType("BulkQuery", {
  implements: NodeInterface,
  description:
    "A query of one list whose rows, without page limits, become a file. Only the member who started it sees it. It reads with that member's rights.",
})
export class BulkQueryType extends NodeInterface {
  @Field(() => Int, { description: "Number of the bulk query in its workspace, from 1." })
  readonly number!: number;

  @Field(() => String, { description: "The name shown in lists; the key if none was given." })
  readonly name!: string;

  @Field(() => String, { description: "The document." })
  readonly query!: string;

  @Field(() => QueryVariablesScalar, { description: "The query's variables." })
  readonly variables!: unknown;

  @Field(() => BulkFormatEnum, { description: "Format of the file." })
  readonly format!: string;

  @Field(() => WorkStateEnum, { description: "How far it is. Its file can be downloaded once it has succeeded." })
  readonly state!: string;

  @Field(() => Float, { description: "Rows so far, including those of lists inside the rows." })
  readonly rows!: number;

  @Field(() => String, { nullable: true, description: "Why it failed; null if it did not." })
  readonly failure!: string | null;

  @Field(() => DateTimeScalar, { description: "When it was requested." })
  readonly createdAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: "When its first page was read; null before." })
  readonly startedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When all rows were read, and the file is being written; null before." })
  readonly answeredAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When the file was ready, or it failed or was cancelled; null before." })
  readonly endedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When the file is deleted: seven days after it was ready; null before." })
  readonly expiresAt!: Date | null;
}

export const bulkQueryConnection = connectionTypesOf({
  noun: "BulkQuery",
  plural: "bulk queries",
  node: BulkQueryType,
  action: "bulkQuery:inspect",
});

@Requires("bulkQuery:start")
@ObjectType("StartBulkQuerySuccess", { description: "The bulk query is queued." })
export class StartBulkQuerySuccess {
  @Field(() => BulkQueryType, { description: "The new bulk query, which waits for its rows to be read." })
  readonly bulkQuery!: unknown;
}

@Requires("bulkQuery:cancel")
@ObjectType("CancelBulkQuerySuccess", { description: "The bulk query is cancelled." })
export class CancelBulkQuerySuccess {
  @Field(() => BulkQueryType, { description: "The bulk query, cancelled now or ended before." })
  readonly bulkQuery!: unknown;
}

@Requires("bulkQuery:delete")
@ObjectType("DeleteBulkQuerySuccess", { description: "The bulk query and its file are deleted." })
export class DeleteBulkQuerySuccess {
  @Field(() => ID, { description: "ID of the deleted bulk query." })
  readonly deletedId!: string;
}

export const StartBulkQueryPayload = payloadOf({
  name: "StartBulkQueryPayload",
  description: "Result of `startBulkQuery`.",
  success: StartBulkQuerySuccess,
  missing: false,
  quota: true,
});

export const CancelBulkQueryPayload = payloadOf({
  name: "CancelBulkQueryPayload",
  description: "Result of `cancelBulkQuery`.",
  success: CancelBulkQuerySuccess,
  missing: true,
});

export const DeleteBulkQueryPayload = payloadOf({
  name: "DeleteBulkQueryPayload",
  description: "Result of `deleteBulkQuery`.",
  success: DeleteBulkQuerySuccess,
  missing: true,
});
