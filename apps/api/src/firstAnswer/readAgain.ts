/**
 * Declares a field of a mutation's payload that is read again when a request repeats its idempotency key, instead of kept with the first
 * answer: what is open in the process, such as the trials of a study, cannot be stored.
 */
import { Extensions } from "type-graphql";
import type { ApiContext } from "../context.ts";

type Read<Input> = (context: ApiContext, input: Input) => Promise<unknown>;

/** By the name of the payload's field. */
export type ReadAgain = Readonly<Record<string, Read<never>>>;

export function ReadsAgain<Input>(field: string, read: Read<Input>): MethodDecorator & PropertyDecorator & ClassDecorator {
  return Extensions({ readAgain: { [field]: read } satisfies ReadAgain });
}
