/** GET /studies/STU-3/releases/2.zip: the archive of a release. */
import { AppError } from "@pareidolia/core/appError";
import type { RequestHandler } from "express";
import { sendArchive } from "../archives/sendArchive.ts";
import type { Services } from "../assembly/nounModule.ts";
import { actorOf } from "../http/identify.ts";

const fileName = /^([1-9]\d{0,8})\.zip$/;

export function serveRelease(services: Services): RequestHandler<{ study: string; file: string }> {
  return async (request, response) => {
    const number = fileName.exec(request.params.file)?.[1];
    if (number === undefined) throw new AppError("INVALID_INPUT", "The address of a release must be /studies/STU-3/releases/1.zip.");
    const release = await services.releases.open(actorOf(response), { reference: request.params.study, number: Number(number) });
    await sendArchive(request, response, release);
  };
}
