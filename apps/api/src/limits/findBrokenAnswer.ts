/** The final check before a response is serialised: whether a limit stopped the operation, and whether the text would be too long. */
import type { GraphQLError } from "graphql";
import { limits, tooComplex } from "./limits.ts";
import type { Meter } from "./meter.ts";

/** A lower bound on the length of a value's JSON; stops counting beyond `most`. */
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

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly path?: unknown }[] | undefined;
}

export function findBrokenAnswer(meter: Meter, { data, errors }: Answer): GraphQLError | null {
  if (meter.broken !== null) return meter.broken;
  const told = errors?.map(({ message, path }) => [message, path]);
  if (measureText([data, told], limits.answerLength) <= limits.answerLength) return null;
  return tooComplex(`The response is longer than ${limits.answerLength / 1e6} MB. Ask for fewer fields or rows.`);
}
