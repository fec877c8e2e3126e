/** Inputs of the mutations of bulk queries. */
import type { BulkFormat } from "@pareidolia/persistence/files/bulkQueries/readBulkQueries";
import { Field, ID, InputType } from "type-graphql";
import { QueryVariablesScalar } from "../openValue/openValues.ts";
import { BulkFormatEnum } from "./bulkQuery.type.ts";

@InputType("StartBulkQueryInput", { description: "Input of `startBulkQuery`." })
export class StartBulkQueryInput {
  @Field(() => String, {
    description:
      "A document with one query of one list, such as { runs { nodes { key } } }: at most 10,000 characters. All pages are read, so `first` has no effect.",
  })
  query!: string;

  @Field(() => QueryVariablesScalar, { nullable: true, description: "The query's variables, as an object." })
  variables?: unknown;

  @Field(() => BulkFormatEnum, { description: "Format of the file." })
  format!: BulkFormat;

  @Field(() => String, { nullable: true, description: "The name shown in lists: at most 100 characters. Default: the key." })
  name?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "A unique key, such as a UUID, of 1 to 200 characters. A second request with the same key returns the bulk query of the first.",
  })
  idempotencyKey?: string | null;
}

@InputType("BulkQueryInput", { description: "Names a bulk query." })
export class BulkQueryInput {
  @Field(() => ID, { description: "ID of the bulk query, or its key such as BULK-3." })
  bulkQueryId!: string;
}
