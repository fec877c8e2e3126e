/** The errors in mutation payloads: a closed set of types that implement the interface `Error`. */
import { Field, Int, InterfaceType, ObjectType, registerEnumType } from "type-graphql";
import { FieldValueScalar } from "../openValue/openValues.ts";
import { everySender, Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";

export const ErrorCode = {
  INVALID_INPUT: "INVALID_INPUT",
  NOT_FOUND: "NOT_FOUND",
  FORBIDDEN: "FORBIDDEN",
  CONFLICT: "CONFLICT",
  QUOTA_EXCEEDED: "QUOTA_EXCEEDED",
} as const;
export type ErrorCode = (typeof ErrorCode)[keyof typeof ErrorCode];

registerEnumType(ErrorCode, {
  name: "ErrorCode",
  description: "Kind of an error.",
  valuesConfig: {
    INVALID_INPUT: { description: "A value in the input is invalid." },
    NOT_FOUND: { description: "No object has this ID, or you may not see it." },
    FORBIDDEN: { description: "Your role in the workspace does not allow this mutation." },
    CONFLICT: { description: "The current state of an object does not allow this mutation." },
    QUOTA_EXCEEDED: { description: "The workspace has reached one of its quotas." },
  },
});

@InterfaceType("Error", {
  description: "An error that stopped a mutation. Nothing was changed.",
  resolveType: (value: { __typename: string }) => value.__typename,
})
export abstract class ErrorType {
  @Field(() => ErrorCode, { description: "Kind of the error, for programs." })
  readonly code!: ErrorCode;

  @Field(() => String, { description: "Message for the user, usually with a suggestion." })
  readonly message!: string;
}

@Requires(everySender)
@ObjectType("InputPosition", { description: "The characters of a text that are at fault." })
export class InputPosition {
  @Field(() => Int, { description: "Offset of the first character at fault, in UTF-16 code units." })
  readonly from!: number;

  @Field(() => Int, { description: "Offset after the last character at fault." })
  readonly to!: number;
}

@Requires(everySender)
@ObjectType("InvalidInputError", { implements: ErrorType, description: "A value in the input is invalid." })
export class InvalidInputError extends ErrorType {
  @Field(() => String, {
    nullable: true,
    description: "Dotted path of the invalid input field, such as `input.seed`; null if no single field is to blame.",
  })
  readonly field!: string | null;

  @Field(() => InputPosition, {
    nullable: true,
    description: "The faulty part of the field's value, such as a syntax error in a query; null if the whole value is at fault.",
  })
  readonly position!: InputPosition | null;
}

@Requires(everySender)
@ObjectType("NotFoundError", { implements: ErrorType, description: "No object has this ID, or you may not see it." })
export class NotFoundError extends ErrorType {}

@Requires(everySender)
@ObjectType("ForbiddenError", { implements: ErrorType, description: "Your role in the workspace does not allow this mutation." })
export class ForbiddenError extends ErrorType {}

@Requires(everySender)
@ObjectType("PresentValue", { description: "What is stored instead of the value that a mutation would have replaced." })
export class PresentValueType {
  @Field(() => String, { description: "The field of the input that has the new value, such as `name`." })
  readonly field!: string;

  @Field(() => FieldValueScalar, {
    nullable: true,
    description: "The stored value, in the form of that field. Send it as the value that you replace to change it nevertheless.",
  })
  readonly value!: unknown;

  @Field(() => String, { nullable: true, description: "Name of the user who stored it; null if that is not known." })
  readonly changedByName!: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "When it was stored; null if that is not known." })
  readonly changedAt!: Date | null;
}

@Requires(everySender)
@ObjectType("ConflictError", { implements: ErrorType, description: "The current state of an object does not allow this mutation." })
export class ConflictError extends ErrorType {
  @Field(() => PresentValueType, {
    nullable: true,
    description: "What is stored now, if someone else has changed the value that the mutation replaces; null for other conflicts.",
  })
  readonly present!: PresentValueType | null;
}

@Requires(everySender)
@ObjectType("QuotaExceededError", {
  implements: ErrorType,
  description: "The workspace has reached one of its quotas. The message says which, how much is left, and what to do.",
})
export class QuotaExceededError extends ErrorType {}
