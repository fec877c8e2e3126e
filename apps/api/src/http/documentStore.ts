/**
 * An LRU cache of documents, so that each is parsed and validated once. Apollo's own store measures a document by its JSON, but a parsed
 * document takes many times that: random documents filled more than 150 MB before it evicted any.
 */
import type { DocumentNode } from "graphql";

/** Total characters of all cached documents. The web application's have 30,000; a character takes about 100 bytes when parsed. */
const maxCharacters = 200_000;
/** A longer document would evict too many others. */
const maxKeptLength = 20_000;

export class DocumentStore {
  /** The most recently used document comes last. */
  readonly #documents = new Map<string, DocumentNode>();
  /** Apollo's key of each document, by the document's text. */
  readonly #keys = new Map<string, string>();
  #characters = 0;

  /** Returns the cached document with this text; it is valid. */
  find(text: string): DocumentNode | undefined {
    const key = this.#keys.get(text);
    return key === undefined ? undefined : this.#use(key);
  }

  async get(key: string): Promise<DocumentNode | undefined> {
    return this.#use(key);
  }

  #use(key: string): DocumentNode | undefined {
    const document = this.#documents.get(key);
    if (document === undefined) return undefined;
    this.#documents.delete(key);
    this.#documents.set(key, document);
    return document;
  }

  async set(key: string, document: DocumentNode): Promise<void> {
    if (lengthOf(document) > maxKeptLength) return;
    await this.delete(key);
    this.#documents.set(key, document);
    this.#keys.set(textOf(document), key);
    this.#characters += lengthOf(document);
    for (const oldest of this.#documents.keys()) {
      if (this.#characters <= maxCharacters) return;
      await this.delete(oldest);
    }
  }

  async delete(key: string): Promise<boolean> {
    const document = this.#documents.get(key);
    if (document !== undefined) {
      if (this.#keys.get(textOf(document)) === key) this.#keys.delete(textOf(document));
      this.#characters -= lengthOf(document);
    }
    return this.#documents.delete(key);
  }
}

function textOf({ loc }: DocumentNode): string {
  return loc?.source.body ?? "";
}

function lengthOf(document: DocumentNode): number {
  return textOf(document).length;
}
