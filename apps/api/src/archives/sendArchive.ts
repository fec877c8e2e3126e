/**
 * Sends an archive whose bytes never change, so an interrupted download resumes with Range (RFC 9110, section 14). The entity tag is the
 * archive's SHA-256.
 */
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Request, Response } from "express";

export interface OpenedArchive {
  readonly sha256: string;
  readonly byteLength: number;
  readonly contentType: string;
  /** Such as STU-4-1.0.0.zip. */
  readonly fileName: string;
  readonly endedAt: Date;
  /** The bytes from `first` to `last`, both included. */
  read(range: { readonly first: number; readonly last: number }): Readable;
  /** Writes to the audit log that the archive was downloaded. */
  noteDownload(): Promise<void>;
}

type ArchiveRequest = Pick<Request, "headers" | "method" | "range">;

export async function sendArchive(request: ArchiveRequest, response: Response, archive: OpenedArchive): Promise<void> {
  const etag = `"${archive.sha256}"`;
  response.setHeader("ETag", etag);
  response.setHeader("Accept-Ranges", "bytes");
  response.setHeader("Cache-Control", "private, no-cache");
  response.setHeader("Last-Modified", archive.endedAt.toUTCString());
  if (request.headers["if-none-match"]?.includes(etag) === true) {
    response.status(304).end();
    return;
  }
  const range = rangeOf(request, archive.byteLength, etag);
  if (range === "unsatisfiable") {
    response.setHeader("Content-Range", `bytes */${archive.byteLength}`);
    response.status(416).end();
    return;
  }
  const { first, last } = range ?? { first: 0, last: archive.byteLength - 1 };
  if (range !== null) {
    response.status(206);
    response.setHeader("Content-Range", `bytes ${first}-${last}/${archive.byteLength}`);
  }
  response.setHeader("Content-Type", archive.contentType);
  response.setHeader("Content-Disposition", `attachment; filename="${archive.fileName}"`);
  response.setHeader("Content-Length", last + 1 - first);
  if (request.method === "HEAD") {
    response.end();
    return;
  }
  // A resumed download is the same download.
  if (first === 0) await archive.noteDownload();
  await pipeline(archive.read({ first, last }), response).catch((error: unknown) => {
    if (!response.headersSent) throw error;
    response.destroy();
  });
}

/** Null for the whole archive, which also answers several ranges, and a range of other bytes than these (If-Range). */
function rangeOf(request: ArchiveRequest, byteLength: number, etag: string) {
  const condition = request.headers["if-range"];
  if (condition !== undefined && condition !== etag) return null;
  const ranges = request.range(byteLength);
  if (ranges === -1) return "unsatisfiable";
  if (ranges === undefined || ranges === -2 || ranges.type !== "bytes" || ranges.length !== 1) return null;
  const [{ start, end }] = ranges as unknown as readonly [{ readonly start: number; readonly end: number }];
  return { first: start, last: end };
}
