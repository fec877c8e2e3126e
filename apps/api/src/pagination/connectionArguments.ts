/** The Relay arguments of a list, and their reading: 25 rows unless asked otherwise, never more than 100. */
import { AppError } from "@pareidolia/core/appError";
import type { PageRequest } from "@pareidolia/persistence/queries/keyset";
import { ArgsType, Field, Int } from "type-graphql";
import { type CursorShape, decodeCursor } from "./cursor.ts";
import { defaultPageSize, largestPageSize } from "./pageSizes.ts";

@ArgsType()
export class ForwardArguments {
  @Field(() => Int, { nullable: true, description: "How many rows from the start, or after `after`: 0 to 100, by default 25." })
  first?: number | null;

  @Field(() => String, { nullable: true, description: "The cursor after which the page begins." })
  after?: string | null;
}

@ArgsType()
export class ConnectionArguments extends ForwardArguments {
  @Field(() => Int, { nullable: true, description: "How many rows from the end, or before `before`: 0 to 100; not together with `first`." })
  last?: number | null;

  @Field(() => String, { nullable: true, description: "The cursor before which the page ends." })
  before?: string | null;
}

function checkSize(size: number, field: string): number {
  if (size < 0 || size > largestPageSize)
    throw new AppError("INVALID_INPUT", `"${field}" must be from 0 to ${largestPageSize}.`, { field });
  return size;
}

/** @throws AppError INVALID_INPUT naming the argument at fault. */
export function readPage(args: ConnectionArguments, shape: CursorShape): PageRequest {
  const { first, last } = args;
  if (first != null && last != null) throw new AppError("INVALID_INPUT", 'Ask for "first" or for "last", not for both.', { field: "last" });
  return {
    limit: last != null ? checkSize(last, "last") : checkSize(first ?? defaultPageSize, "first"),
    backward: last != null,
    after: args.after == null ? null : decodeCursor(shape, args.after, "after"),
    before: args.before == null ? null : decodeCursor(shape, args.before, "before"),
  };
}
