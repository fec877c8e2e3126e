/** GET /studies/STU-3/codes.csv. */

import { trialFormats } from "@pareidolia/release/tables/trialFormats";
import type { RequestHandler } from "express";
import type { Services } from "../assembly/nounModule.ts";
import { actorOf } from "../http/identify.ts";
import { sendParts } from "../http/sendParts.ts";

export function serveCodes(services: Services): RequestHandler<{ study: string }> {
  return async (request, response) => {
    const parts = services.codeExports.export(actorOf(response), request.params.study);
    await sendParts(response, parts, { contentType: trialFormats.csv.contentType, fileName: "codes.csv" });
  };
}
