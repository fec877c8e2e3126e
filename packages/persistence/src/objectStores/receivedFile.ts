/** What a store knows of a file once it has received all of it. */
export interface ReceivedFile {
  readonly sha256: string;
  readonly byteLength: number;
}
