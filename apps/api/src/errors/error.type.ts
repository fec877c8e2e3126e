/** The errors that a mutation answers with: typed, closed, and all of one interface. */
import { Field, InterfaceType, ObjectType, registerEnumType } from "type-graphql";
import { Requires, signedIn } from "../policy/requires.ts";

export const ErrorCode = {
  INVALID_INPUT: "INVALID_INPUT",
  NOT_FOUND: "NOT_FOUND",
  FORBIDDEN: "FORBIDDEN",
  CONFLICT: "CONFLICT",
} as const;
export type ErrorCode = (typeof ErrorCode)[keyof typeof ErrorCode];

registerEnumType(ErrorCode, {
  name: "ErrorCode",
  description: "What kind of error it is.",
  valuesConfig: {
    INVALID_INPUT: { description: "Something in the input is wrong." },
    NOT_FOUND: { description: "There is nothing under an id, or nothing that you may see." },
    FORBIDDEN: { description: "Your role in the workspace does not allow this." },
    CONFLICT: { description: "The thing is not in a state that allows this." },
  },
});

@InterfaceType("Error", {
  description: "Why a mutation did nothing.",
  resolveType: (value: { __typename: string }) => value.__typename,
})
export abstract class ErrorType {
  @Field(() => ErrorCode, { description: "For programs." })
  readonly code!: ErrorCode;

  @Field(() => String, { description: "For people: a sentence that says what to do." })
  readonly message!: string;
}

@Requires(signedIn)
@ObjectType("InvalidInputError", { implements: ErrorType, description: "Something in the input is wrong." })
export class InvalidInputError extends ErrorType {
  @Field(() => String, { nullable: true, description: "Dotted path of the input field at fault." })
  readonly field!: string | null;
}

@Requires(signedIn)
@ObjectType("NotFoundError", { implements: ErrorType, description: "There is nothing under an id, or nothing that you may see." })
export class NotFoundError extends ErrorType {}

@Requires(signedIn)
@ObjectType("ForbiddenError", { implements: ErrorType, description: "Your role in the workspace does not allow this." })
export class ForbiddenError extends ErrorType {}

@Requires(signedIn)
@ObjectType("ConflictError", { implements: ErrorType, description: "The thing is not in a state that allows this." })
export class ConflictError extends ErrorType {}
