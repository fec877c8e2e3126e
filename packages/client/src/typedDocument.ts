/** Documents that carry the types of their data and variables: our ready operations, and the TypedDocumentNode of GraphQL Code Generator. */

/** What both have; code generators declare the same property, which never exists at run time. */
interface DocumentTypes<Data, Variables> {
  __apiType?: (variables: Variables) => Data;
}

/** The syntax tree of a document, as graphql-js makes it. */
export interface SyntaxTree {
  readonly kind: "Document";
  readonly definitions: readonly object[];
}

/** A document with known types. TypedDocumentNode and TypedDocumentString of code generators are such documents. */
export type TypedDocument<Data, Variables> = (string | SyntaxTree | { toString(): string }) & DocumentTypes<Data, Variables>;

/** The variables, which may be left out if all of them may. */
export type VariablesOf<Variables, Options> =
  Record<string, never> extends Variables ? [variables?: Variables, options?: Options] : [variables: Variables, options?: Options];
