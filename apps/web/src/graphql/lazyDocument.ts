import { type DocumentNode, Kind, parse } from "@0no-co/graphql.web";
import type { TypedDocumentNode } from "urql";

/** A document that is parsed when its definitions are first read. The code generator writes these calls (persistedOperations.mjs). */
export function lazyDocument<Data, Variables>(hash: string, text: string): TypedDocumentNode<Data, Variables> {
  let parsed: DocumentNode | undefined;
  const document = {
    kind: Kind.DOCUMENT,
    __meta__: { hash },
    get definitions() {
      parsed ??= parse(text, { noLocation: true });
      return parsed.definitions;
    },
  };
  return document as unknown as TypedDocumentNode<Data, Variables>;
}
