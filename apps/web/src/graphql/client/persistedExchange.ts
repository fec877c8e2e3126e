/**
 * Sends operations by the hash of their document, and notes when the API no longer knows a hash. Put it before the exchanges that send.
 */
import { type Exchange, makeOperation, mapExchange } from "urql";
import { isOutdated, persistedExtensions } from "../persistedOperation.ts";
import { update } from "./update.ts";

export function persistedExchange(isPersisted?: boolean): Exchange {
  return mapExchange({
    onOperation(operation) {
      const persisted = persistedExtensions(operation.query, isPersisted);
      if (persisted === undefined || operation.kind === "teardown") return operation;
      return makeOperation(operation.kind, { ...operation, extensions: { ...operation.extensions, ...persisted } }, operation.context);
    },
    onResult({ error }) {
      if (isOutdated(error?.graphQLErrors)) update.note();
    },
  });
}
