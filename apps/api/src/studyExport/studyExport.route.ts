/** GET /studies/STU-3/trials.csv, .jsonl and .parquet. The file is sent while it is read, so that its length does not matter. */
import { trialFormats } from "@pareidolia/release/tables/trialFormats";
import type { RequestHandler } from "express";
import type { Services } from "../assembly/nounModule.ts";
import { actorOf } from "../http/identify.ts";
import { sendParts } from "../http/sendParts.ts";
import type { TrialFormat } from "./studyExport.service.ts";

export function serveTrials(services: Services, format: TrialFormat): RequestHandler<{ study: string }> {
  return async (request, response) => {
    const parts = services.studyExports.export(actorOf(response), { reference: request.params.study, format });
    await sendParts(response, parts, { contentType: trialFormats[format].contentType, fileName: `trials.${format}` });
  };
}
