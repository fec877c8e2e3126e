/** How files and what is declared of them reach the inspecting process on its standard input: a line of JSON, then their bytes. */
import type { DeclaredModel } from "./modelReport.ts";

export interface EnvelopeHead {
  readonly declared: DeclaredModel;
  /** The model first; the others by their paths. */
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
  if (offset !== bytes.length) throw new Error("The envelope has another length than its head says.");
  return { declared: head.declared, parts };
}
