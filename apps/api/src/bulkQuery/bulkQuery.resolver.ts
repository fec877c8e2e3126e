/** Resolves bulk queries and their mutations. */
import type { BulkQueryRecord } from "@pareidolia/persistence/files/bulkQueries/readBulkQueries";
import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Info, InputType, Mutation, Query, Resolver, Root } from "type-graphql";
import { WorkStateEnum } from "../chain/chain.type.ts";
import type { ApiContext } from "../context.ts";
import { type Payload, resolvePayload } from "../errors/payload.ts";
import { bulkQueryKey, encodeGlobalId } from "../globalId/globalId.ts";
import { computationCost, statementCost } from "../limits/costs.ts";
import type { Connection } from "../pagination/connection.ts";
import { ConnectionArguments } from "../pagination/connectionArguments.ts";
import { Requires } from "../policy/requires.ts";
import { addressOf } from "./bulkAddress.ts";
import { BulkQueryInput, StartBulkQueryInput } from "./bulkQuery.input.ts";
import {
  BulkFileType,
  BulkQueryType,
  bulkQueryConnection,
  CancelBulkQueryPayload,
  DeleteBulkQueryPayload,
  StartBulkQueryPayload,
} from "./bulkQuery.type.ts";

@InputType("BulkQueryFilter", { description: "Conditions on bulk queries. All must hold; a null condition is ignored." })
class BulkQueryFilter {
  @Field(() => [WorkStateEnum], { nullable: true, description: "Only bulk queries in one of these states." })
  state?: BulkQueryRecord["state"][] | null;
}

@ArgsType()
class BulkQueryArguments extends ConnectionArguments {
  @Field(() => BulkQueryFilter, { nullable: true, description: "Lists only bulk queries that match all conditions." })
  filter?: BulkQueryFilter | null;
}

@Resolver(() => BulkQueryType)
export class BulkQueryResolver {
  @Requires("bulkQuery:inspect")
  @Query(() => bulkQueryConnection.connection, {
    complexity: statementCost,
    description: "The bulk queries that you have started in your workspace, latest first. Expired ones are gone.",
  })
  bulkQueries(
    @Args(() => BulkQueryArguments) args: BulkQueryArguments,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<BulkQueryRecord>> {
    return services.bulkQueries.list(actor, args);
  }

  @Requires("bulkQuery:start")
  @Mutation(() => StartBulkQueryPayload, {
    complexity: computationCost,
    description:
      "Reads all rows of a list, without page limits, and writes them to a file that is deleted after seven days. Each page is charged a tenth of its cost.",
  })
  startBulkQuery(
    @Arg("input", () => StartBulkQueryInput, { description: "Input of `startBulkQuery`." }) input: StartBulkQueryInput,
    @Ctx() { actor, services }: ApiContext,
    @Info() { schema }: GraphQLResolveInfo,
  ): Promise<Payload<{ bulkQuery: BulkQueryRecord }>> {
    return resolvePayload("StartBulkQuerySuccess", async () => ({ bulkQuery: await services.bulkQueries.start(actor, input, schema) }));
  }

  @Requires("bulkQuery:cancel")
  @Mutation(() => CancelBulkQueryPayload, { description: "Cancels a bulk query that is queued or under way. What was read is discarded." })
  cancelBulkQuery(
    @Arg("input", () => BulkQueryInput, { description: "The bulk query." }) { bulkQueryId }: BulkQueryInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ bulkQuery: BulkQueryRecord }>> {
    return resolvePayload("CancelBulkQuerySuccess", async () => ({ bulkQuery: await services.bulkQueries.cancel(actor, bulkQueryId) }));
  }

  @Requires("bulkQuery:delete")
  @Mutation(() => DeleteBulkQueryPayload, { description: "Deletes a bulk query that has ended, with its file." })
  deleteBulkQuery(
    @Arg("input", () => BulkQueryInput, { description: "The bulk query." }) { bulkQueryId }: BulkQueryInput,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Payload<{ deletedId: string }>> {
    return resolvePayload("DeleteBulkQuerySuccess", async () => ({
      deletedId: encodeGlobalId("BulkQuery", await services.bulkQueries.delete(actor, bulkQueryId)),
    }));
  }

  @FieldResolver(() => ID, { description: "ID of the bulk query: opaque, and unique across all types." })
  id(@Root() { id }: BulkQueryRecord): string {
    return encodeGlobalId("BulkQuery", id);
  }

  @FieldResolver(() => String, { description: "Key of the bulk query, such as BULK-3. Arguments that take its ID accept it too." })
  key(@Root() { number }: BulkQueryRecord): string {
    return bulkQueryKey(number);
  }

  @FieldResolver(() => BulkFileType, { nullable: true, description: "The file; null until it is ready." })
  file(@Root() record: BulkQueryRecord): BulkFileType | null {
    const { sha256, byteLength } = record;
    if (sha256 === null || byteLength === null) return null;
    const { url, expiresAt } = addressOf(record, Date.now());
    return { url, urlExpiresAt: expiresAt, sha256, byteLength };
  }
}
