/**
 * Reads a body of type multipart/form-data (RFC 7578, RFC 2046 section 5.1) as it arrives: first all fields, then the file, which must be
 * last and is named `file`, as in S3's forms. The file is not held in memory.
 */
import { AppError } from "@pareidolia/core/appError";

export interface MultipartForm {
  readonly fields: ReadonlyMap<string, string>;
  /** Ends with the file's last byte. Throws INVALID_INPUT if the body ends earlier. */
  readonly file: AsyncGenerator<Uint8Array>;
}

const maxFields = 8;
const maxHeadersLength = 2 * 1024;
const maxFieldLength = 2 * 1024;
const boundaryPattern = /^multipart\/form-data\s*;(?:.*;)?\s*boundary=(?:"([^"\r\n]{1,70})"|([^\s;"]{1,70}))/i;
const namePattern = /^content-disposition:\s*form-data\s*;(?:[^\r\n]*?;)??\s*name="([^"\r\n]{1,100})"/im;

function malformed(message: string): AppError {
  return new AppError("INVALID_INPUT", `${message} Send the form as multipart/form-data, with the file as its last field, named "file".`, {
    field: "body",
  });
}

const cutOff = (): AppError => new AppError("INVALID_INPUT", "The upload was interrupted. Send the file again.", { field: "body" });

/** Splits a body at delimiters. */
class BodyReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #held: Buffer = Buffer.alloc(0);

  constructor(body: AsyncIterable<Uint8Array>) {
    this.#chunks = body[Symbol.asyncIterator]();
  }

  /** Prepends text to the bytes that have arrived. */
  prepend(text: string): void {
    this.#held = Buffer.concat([Buffer.from(text, "latin1"), this.#held]);
  }

  async #next(): Promise<Buffer> {
    const { done, value } = await this.#chunks.next();
    if (done === true) throw cutOff();
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  }

  async #readMore(): Promise<void> {
    this.#held = Buffer.concat([this.#held, await this.#next()]);
  }

  /** The bytes before the delimiter, which is skipped. */
  async readTo(delimiter: Buffer, longest: number): Promise<Buffer> {
    for (;;) {
      const at = this.#held.indexOf(delimiter);
      if (at > longest || (at < 0 && this.#held.length > longest + delimiter.length)) throw malformed("A field of the form is too long.");
      if (at >= 0) {
        const before = this.#held.subarray(0, at);
        this.#held = this.#held.subarray(at + delimiter.length);
        return before;
      }
      await this.#readMore();
    }
  }

  async read(length: number): Promise<string> {
    while (this.#held.length < length) await this.#readMore();
    const text = this.#held.toString("latin1", 0, length);
    this.#held = this.#held.subarray(length);
    return text;
  }

  /** The bytes before the delimiter, as they arrive, without copies of long chunks. */
  async *streamTo(delimiter: Buffer): AsyncGenerator<Uint8Array> {
    const overlap = delimiter.length - 1;
    for (;;) {
      const at = this.#held.indexOf(delimiter);
      // The last bytes that have arrived may be the beginning of the delimiter.
      const certain = at >= 0 ? at : Math.max(0, this.#held.length - overlap);
      if (certain > 0) yield this.#held.subarray(0, certain);
      if (at >= 0) {
        this.#held = this.#held.subarray(at + delimiter.length);
        return;
      }
      const end = this.#held.subarray(certain);
      const next = await this.#next();
      const seam = Buffer.concat([end, next.subarray(0, overlap)]);
      if (next.length >= overlap && !seam.includes(delimiter)) {
        if (end.length > 0) yield end;
        this.#held = next;
      } else this.#held = Buffer.concat([end, next]);
    }
  }
}

async function* streamFile(reader: BodyReader, delimiter: Buffer): AsyncGenerator<Uint8Array> {
  yield* reader.streamTo(delimiter);
  if ((await reader.read(2)) !== "--") throw malformed("The file is not the form's last field.");
}

/** @throws AppError INVALID_INPUT for another content type, and for a malformed or interrupted body. */
export async function readMultipartForm(body: AsyncIterable<Uint8Array>, contentType: string | undefined): Promise<MultipartForm> {
  const [, quoted, plain] = boundaryPattern.exec(contentType ?? "") ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) throw malformed("This is not a form.");
  const delimiter = Buffer.from(`\r\n--${boundary}`, "latin1");
  const reader = new BodyReader(body);
  // The first delimiter has no line before it.
  reader.prepend("\r\n");
  if ((await reader.readTo(delimiter, 0)).length > 0) throw malformed("The form does not begin with its boundary.");
  const fields = new Map<string, string>();
  while (fields.size <= maxFields) {
    if ((await reader.read(2)) !== "\r\n") throw malformed("The form has no file.");
    const headers = (await reader.readTo(Buffer.from("\r\n\r\n"), maxHeadersLength)).toString("utf8");
    const name = namePattern.exec(headers)?.[1];
    if (name === undefined) throw malformed("A field of the form has no name.");
    if (name === "file") return { fields, file: streamFile(reader, delimiter) };
    if (fields.has(name)) throw malformed("The form has a field twice.");
    fields.set(name, (await reader.readTo(delimiter, maxFieldLength)).toString("utf8"));
  }
  throw malformed("The form has too many fields.");
}
