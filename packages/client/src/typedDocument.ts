/** Documents that carry the types of their data and variables: our ready operations, and the TypedDocumentNode of GraphQL Code Generator. */

/**
 * A document with known types: a text, or the syntax tree of graphql-js. This property is all that such documents share; code generators
 * declare it, and it never exists at run time.
 */
export interface TypedDocument<Data, Variables> {
  __apiType?: (variables: Variables) => Data;
}

/** A text whose types the caller states. No typed document is one, so its variables are always checked. */
export type UntypedText = string & { readonly __apiType?: never };

/** The syntax tree of a document, as graphql-js makes it. */
export interface SyntaxTree {
  readonly kind: "Document";
  readonly definitions: readonly object[];
}

/** The variables, which may be left out if all of them may. */
export type VariablesOf<Variables, Options> =
  Record<string, never> extends Variables ? [variables?: Variables, options?: Options] : [variables: Variables, options?: Options];
