/** GET /studies/STU-3/trials.csv, .jsonl and .parquet. The file is sent while it is read, so that its length does not matter. */
import { once } from "node:events";
import { trialFormats } from "@pareidolia/release/tables/trialFormats";
import type { RequestHandler } from "express";
import type { Services } from "../assembly/nounModule.ts";
import { actorOf } from "../http/identify.ts";
import type { TrialFormat } from "./studyExport.service.ts";

export function serveTrials(services: Services, format: TrialFormat): RequestHandler<{ study: string }> {
  return async (request, response) => {
    const reference = request.params.study;
    const parts = services.studyExports.export(actorOf(response), { reference, format });
    // The first part is read before the answer starts, so that a refusal has its own status.
    const first = await parts.next();
    response.setHeader("Content-Type", trialFormats[format].contentType);
    response.setHeader("Content-Disposition", `attachment; filename="trials.${format}"`);
    response.setHeader("Cache-Control", "no-store");
    for (let part = first; part.done !== true && !response.destroyed; part = await parts.next())
      if (!response.write(part.value)) await Promise.race([once(response, "drain"), once(response, "close")]);
    response.end();
  };
}
