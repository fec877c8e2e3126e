/** What a bulk change did not change, with the reason for each object. */
import type { AppError } from "@pareidolia/core/appError";
import { Field, ID, ObjectType } from "type-graphql";
import { ErrorCode } from "../errors/error.type.ts";
import { everySender, Requires } from "../policy/requires.ts";

@Requires(everySender)
@ObjectType("RefusedItem", { description: "An object that a mutation of several objects did not change." })
export class RefusedItemType {
  @Field(() => ID, { description: "ID or key of the object, as it was given." })
  readonly id!: string;

  @Field(() => ErrorCode, { description: "Kind of the error, for programs." })
  readonly code!: ErrorCode;

  @Field(() => String, { description: "Why it was not changed, and what to do." })
  readonly message!: string;
}

export function refusedItem(id: string, { code, message }: AppError): RefusedItemType {
  return { id, code: ErrorCode[code as ErrorCode] ?? ErrorCode.CONFLICT, message };
}
