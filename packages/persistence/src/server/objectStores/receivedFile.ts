/** The size and hash of a file that a store has received completely. */
export interface ReceivedFile {
  readonly sha256: string;
  readonly byteLength: number;
}
