/** An operation of the bench of scale. */

export interface Operation {
  readonly name: string;
  /** The name of an operation of the web application, or a document. */
  readonly document: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Replaces the numbers of rows in the document, where a list is not the first field. */
  readonly rows?: number;
  /** Instead of the first page, one in the middle of the list: how many pages to go. */
  readonly after?: { readonly field: string; readonly pages: number };
}

export const globalId = (type: string, id: string): string => Buffer.from(`${type}:${id}`).toString("base64url");
