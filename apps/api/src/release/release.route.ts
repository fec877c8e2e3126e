/**
 * GET /studies/STU-3/releases/2.zip: the archive of a release. The bytes never change, so an interrupted download resumes with Range
 * (RFC 9110, section 14), and the entity tag is the archive's SHA-256.
 */
import { pipeline } from "node:stream/promises";
import { AppError } from "@pareidolia/core/appError";
import type { Request, RequestHandler } from "express";
import type { Services } from "../assembly/nounModule.ts";
import { actorOf } from "../http/identify.ts";

const fileName = /^([1-9]\d{0,8})\.zip$/;

export function serveRelease(services: Services): RequestHandler<{ study: string; file: string }> {
  return async (request, response) => {
    const number = fileName.exec(request.params.file)?.[1];
    if (number === undefined) throw new AppError("INVALID_INPUT", "The address of a release must be /studies/STU-3/releases/1.zip.");
    const release = await services.releases.open(actorOf(response), { reference: request.params.study, number: Number(number) });
    const etag = `"${release.sha256}"`;
    response.setHeader("ETag", etag);
    response.setHeader("Accept-Ranges", "bytes");
    response.setHeader("Cache-Control", "private, no-cache");
    response.setHeader("Last-Modified", release.endedAt.toUTCString());
    if (request.headers["if-none-match"]?.includes(etag) === true) {
      response.status(304).end();
      return;
    }
    const range = rangeOf(request, release.byteLength, etag);
    if (range === "unsatisfiable") {
      response.setHeader("Content-Range", `bytes */${release.byteLength}`);
      response.status(416).end();
      return;
    }
    const { first, last } = range ?? { first: 0, last: release.byteLength - 1 };
    if (range !== null) {
      response.status(206);
      response.setHeader("Content-Range", `bytes ${first}-${last}/${release.byteLength}`);
    }
    response.setHeader("Content-Type", "application/zip");
    response.setHeader("Content-Disposition", `attachment; filename="${release.fileName}"`);
    response.setHeader("Content-Length", last + 1 - first);
    if (request.method === "HEAD") {
      response.end();
      return;
    }
    // A resumed download is the same download.
    if (first === 0) await release.noteDownload();
    await pipeline(release.read({ first, last }), response).catch((error: unknown) => {
      if (!response.headersSent) throw error;
      response.destroy();
    });
  };
}

/** Null for the whole archive, which also answers several ranges, and a range of other bytes than these (If-Range). */
function rangeOf(request: Request<{ study: string; file: string }>, byteLength: number, etag: string) {
  const condition = request.headers["if-range"];
  if (condition !== undefined && condition !== etag) return null;
  const ranges = request.range(byteLength);
  if (ranges === -1) return "unsatisfiable";
  if (ranges === undefined || ranges === -2 || ranges.type !== "bytes" || ranges.length !== 1) return null;
  const [{ start, end }] = ranges as unknown as readonly [{ readonly start: number; readonly end: number }];
  return { first: start, last: end };
}
