/**
 * POST /uploads with a file's bytes as application/octet-stream: answers { id, sha256, byteLength }. The type makes it a
 * request that a page of another site cannot send without asking first, which nobody allows it.
 */
import { AppError } from "@pareidolia/core/appError";
import type { RequestHandler } from "express";
import type { Services } from "../assembly/nounModule.ts";
import { actorOf } from "../http/identify.ts";
import { largestUpload } from "./upload.service.ts";

export function takeUpload(services: Services): RequestHandler {
  return async (request, response) => {
    if (request.headers["content-type"]?.split(";")[0]?.trim().toLowerCase() !== "application/octet-stream")
      throw new AppError("INVALID_INPUT", "Send the file's bytes as they are, with Content-Type: application/octet-stream.");
    const announced = Number(request.headers["content-length"] ?? 0);
    if (announced > largestUpload) {
      // What is still on its way is not read.
      response.setHeader("Connection", "close");
      throw new AppError("INVALID_INPUT", `An upload has at most ${largestUpload / 1024 / 1024} MB.`);
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
