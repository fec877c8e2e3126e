/**
 * Keeps the documents asked for last, so that they are parsed and validated once. Apollo's own store counts a document as its JSON, and a
 * parsed one takes many times that: random documents filled more than 150 MB before it dropped any.
 */
import type { DocumentNode } from "graphql";

/** Of all kept documents together. The web application's have 30,000; a character takes about 100 bytes when parsed. */
const mostCharacters = 200_000;
/** A longer one would drop too many others. */
const longestKept = 20_000;

export class DocumentStore {
  /** The one used last comes last. */
  readonly #documents = new Map<string, DocumentNode>();
  #characters = 0;

  async get(key: string): Promise<DocumentNode | undefined> {
    const document = this.#documents.get(key);
    if (document === undefined) return undefined;
    this.#documents.delete(key);
    this.#documents.set(key, document);
    return document;
  }

  async set(key: string, document: DocumentNode): Promise<void> {
    if (lengthOf(document) > longestKept) return;
    await this.delete(key);
    this.#documents.set(key, document);
    this.#characters += lengthOf(document);
    for (const oldest of this.#documents.keys()) {
      if (this.#characters <= mostCharacters) return;
      await this.delete(oldest);
    }
  }

  async delete(key: string): Promise<boolean> {
    const document = this.#documents.get(key);
    if (document !== undefined) this.#characters -= lengthOf(document);
    return this.#documents.delete(key);
  }
}

function lengthOf(document: DocumentNode): number {
  return document.loc?.source.body.length ?? 0;
}
