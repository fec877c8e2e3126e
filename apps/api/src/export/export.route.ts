/** GET /exports/EXPORT-3.zip: the archive of an export. */
import { AppError } from "@pareidolia/core/appError";
import type { RequestHandler } from "express";
import { sendArchive } from "../archives/sendArchive.ts";
import type { Services } from "../assembly/nounModule.ts";
import { actorOf } from "../http/identify.ts";

const fileName = /^EXPORT-([1-9]\d{0,8})\.zip$/;

export function serveExport(services: Services): RequestHandler<{ file: string }> {
  return async (request, response) => {
    const number = fileName.exec(request.params.file)?.[1];
    if (number === undefined) throw new AppError("INVALID_INPUT", "The address of an export must be /exports/EXPORT-3.zip.");
    await sendArchive(request, response, await services.exports.open(actorOf(response), Number(number)));
  };
}
