/** The last check before a response is serialised: whether a limit stopped the operation, or the response is too long. */
import type { GraphQLError } from "graphql";
import { limits, tooComplex } from "./limits.ts";
import type { Meter } from "./meter.ts";

/** A lower bound on the length of a value's JSON. Counting stops above `most`. */
export function measureText(root: unknown, most: number): number {
  let length = 0;
  const visit = (value: unknown): void => {
    if (length > most) return;
    if (typeof value === "string") length += value.length + 2;
    else if (Array.isArray(value)) {
      length += value.length + 1;
      for (const item of value) visit(item);
    } else if (typeof value === "object" && value !== null && !(value instanceof Date)) {
      for (const name of Object.keys(value)) {
        length += name.length + 4;
        visit((value as Readonly<Record<string, unknown>>)[name]);
      }
    } else length += 4;
  };
  visit(root);
  return length;
}

interface Result {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly path?: unknown }[] | undefined;
}

/** The error to send instead of the response; null for a response within the limits. */
export function findResponseError(meter: Meter, { data, errors }: Result): GraphQLError | null {
  if (meter.limitError !== null) return meter.limitError;
  const errorTexts = errors?.map(({ message, path }) => [message, path]);
  if (measureText([data, errorTexts], limits.responseLength) <= limits.responseLength) return null;
  return tooComplex(`The response is longer than ${limits.responseLength / 1e6} MB. Request fewer fields or rows.`);
}
