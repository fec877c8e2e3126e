/** The messages of the process that reads a file of an import: two lengths, a JSON header, and bytes. Both sides refuse oversized messages. */
import { writeSync } from "node:fs";
import type { Readable } from "node:stream";
import { AppError } from "@pareidolia/core/appError";

export interface Frame {
  readonly header: unknown;
  readonly bytes: Uint8Array;
}

/** Bytes of the lengths of header and bytes, little endian. */
const prefix = 8;
const maxHeaderLength = 64 * 2 ** 20;
const maxBytes = 272 * 2 ** 20;
const descriptor = 3;
const waiting = new Int32Array(new SharedArrayBuffer(4));

/** Blocks while the other side does not read, which bounds the memory of both. */
export function writeFrame(header: object, bytes: Uint8Array = new Uint8Array()): void {
  const text = Buffer.from(JSON.stringify(header));
  const lengths = Buffer.alloc(prefix);
  lengths.writeUInt32LE(text.length, 0);
  lengths.writeUInt32LE(bytes.length, 4);
  for (const part of [lengths, text, bytes])
    for (let at = 0; at < part.length; ) {
      try {
        at += writeSync(descriptor, part, at);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
        Atomics.wait(waiting, 0, 0, 2);
      }
    }
}

const broken = (): AppError => new AppError("INVALID_INPUT", "The file crashed its inspection, so it cannot be imported.");

/** A stream that ends within a message ends without it. @throws AppError INVALID_INPUT for messages that are too long or no JSON. */
export async function* readFrames(stream: Readable): AsyncGenerator<Frame, void, undefined> {
  let pieces: Buffer[] = [];
  let length = 0;
  let wanted = prefix;
  let lengths: { readonly header: number; readonly bytes: number } | null = null;
  for await (const piece of stream as AsyncIterable<Buffer>) {
    pieces.push(piece);
    length += piece.length;
    while (length >= wanted) {
      const joined = pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces, length);
      const part = joined.subarray(0, wanted);
      pieces = [joined.subarray(wanted)];
      length -= wanted;
      if (lengths === null) {
        lengths = { header: part.readUInt32LE(0), bytes: part.readUInt32LE(4) };
        if (lengths.header > maxHeaderLength || lengths.bytes > maxBytes) throw broken();
        wanted = lengths.header + lengths.bytes;
      } else {
        const { header } = lengths;
        lengths = null;
        wanted = prefix;
        yield { header: parse(part.subarray(0, header)), bytes: new Uint8Array(part.subarray(header)) };
      }
    }
  }
}

function parse(text: Buffer): unknown {
  try {
    return JSON.parse(text.toString("utf8"));
  } catch {
    throw broken();
  }
}
