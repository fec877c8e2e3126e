/** The format of the inspection process's standard input: the declaration as one line of JSON, then the bytes of the files. */
import type { DeclaredModel } from "./modelReport.ts";

export interface EnvelopeHead {
  readonly declared: DeclaredModel;
  /** The model first, then its weight files by path. */
  readonly parts: readonly { readonly path: string; readonly bytes: number }[];
}

const newline = 10;

export function writeHead(head: EnvelopeHead): Uint8Array {
  return Buffer.from(`${JSON.stringify(head)}\n`);
}

export function readEnvelope(bytes: Uint8Array): { readonly declared: DeclaredModel; readonly parts: ReadonlyMap<string, Uint8Array> } {
  const end = bytes.indexOf(newline);
  const head = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, end).toString("utf8")) as EnvelopeHead;
  const parts = new Map<string, Uint8Array>();
  let offset = end + 1;
  for (const part of head.parts) {
    parts.set(part.path, bytes.subarray(offset, offset + part.bytes));
    offset += part.bytes;
  }
  if (offset !== bytes.length) throw new Error("The envelope does not have the length in its head.");
  return { declared: head.declared, parts };
}
