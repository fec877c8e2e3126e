/**
 * POST /uploads with a file's bytes as application/octet-stream: returns { id, sha256, byteLength }. Pages of other sites cannot send it:
 * for this content type a browser first sends a CORS preflight, which the API never grants.
 */
import { AppError } from "@pareidolia/core/appError";
import type { RequestHandler } from "express";
import type { Services } from "../assembly/nounModule.ts";
import { actorOf } from "../http/identify.ts";
import { largestUpload } from "./upload.service.ts";

export function receiveUpload(services: Services): RequestHandler {
  return async (request, response) => {
    if (request.headers["content-type"]?.split(";")[0]?.trim().toLowerCase() !== "application/octet-stream")
      throw new AppError("INVALID_INPUT", "Send the raw bytes of the file, with Content-Type: application/octet-stream.");
    const announced = Number(request.headers["content-length"] ?? 0);
    if (announced > largestUpload) {
      // The rest of the body is not read.
      response.setHeader("Connection", "close");
      throw new AppError("INVALID_INPUT", `An upload must not exceed ${largestUpload / 1024 / 1024} MB.`);
    }
    // The response to an upload that ends early still needs the connection.
    const body = request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
    const { id, sha256, byteLength } = await services.uploads.receive(actorOf(response), body).catch((error: unknown) => {
      if (!request.complete) response.setHeader("Connection", "close");
      throw error;
    });
    response.status(201).json({ id, sha256, byteLength });
  };
}
