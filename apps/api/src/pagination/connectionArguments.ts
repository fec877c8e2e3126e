/** The Relay arguments of a list, and how they become a page request: 25 rows by default, at most 100. */
import { AppError } from "@pareidolia/core/appError";
import type { PageRequest } from "@pareidolia/persistence/server/database/keyset";
import { ArgsType, Field, Int } from "type-graphql";
import { type CursorShape, decodeCursor } from "./cursor.ts";
import { defaultPageSize, maxPageSize } from "./pageSizes.ts";

@ArgsType()
export class ConnectionArguments {
  @Field(() => Int, {
    nullable: true,
    description: "Returns the first n items of the list, or of those after `after`: 0 to 100. Default: 25.",
  })
  first?: number | null;

  @Field(() => String, { nullable: true, description: "Returns only items after this cursor." })
  after?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: "Returns the last n items of the list, or of those before `before`: 0 to 100. Cannot be combined with `first`.",
  })
  last?: number | null;

  @Field(() => String, { nullable: true, description: "Returns only items before this cursor." })
  before?: string | null;
}

function checkSize(size: number, field: string): number {
  if (size < 0 || size > maxPageSize) throw new AppError("INVALID_INPUT", `"${field}" must be from 0 to ${maxPageSize}.`, { field });
  return size;
}

/** @throws AppError INVALID_INPUT naming the argument at fault. */
export function readPage(args: ConnectionArguments, shape: CursorShape): PageRequest {
  const { first, last } = args;
  if (first != null && last != null) throw new AppError("INVALID_INPUT", 'Give either "first" or "last", not both.', { field: "last" });
  return {
    limit: last != null ? checkSize(last, "last") : checkSize(first ?? defaultPageSize, "first"),
    backward: last != null,
    after: args.after == null ? null : decodeCursor(shape, args.after, "after"),
    before: args.before == null ? null : decodeCursor(shape, args.before, "before"),
  };
}
