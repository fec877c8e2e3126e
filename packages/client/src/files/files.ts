/** What Node and browsers do differently with files and hashes. `#files` is the one that fits. */

/** A SHA-256 of bytes that arrive one after another. */
export interface Sha256 {
  update(bytes: Uint8Array): void;
  /** In hexadecimal. */
  digest(): string;
}

/** A file that is being received: `PATH.part` until it is complete. */
export interface PartialFile {
  /** Bytes that are there already, from a download that was interrupted. */
  readonly byteLength: number;
  /** Reads them. */
  read(): AsyncIterable<Uint8Array>;
  append(bytes: Uint8Array): Promise<void>;
  /** Starts over. */
  empty(): Promise<void>;
  /** Gives the file its name. */
  complete(): Promise<void>;
  /** Leaves what arrived for another attempt. */
  close(): Promise<void>;
}

export interface Files {
  createSha256(): Sha256;
  openPartialFile(path: string): Promise<PartialFile>;
  /** The file to upload. */
  openFile(path: string): Promise<Blob>;
}
