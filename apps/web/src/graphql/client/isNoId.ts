/** Whether the API knows no such id or key: nothing is there, and asking again brings nothing. */
import type { CombinedError } from "urql";

export function isNoId(error: CombinedError | undefined): boolean {
  return error?.graphQLErrors.some(({ extensions }) => extensions["code"] === "INVALID_INPUT") ?? false;
}
