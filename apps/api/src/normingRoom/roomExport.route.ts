/** GET /studies/STU-3/room-votes and room-images, each as .csv and .jsonl. The file is sent while it is read. */

import { trialFormats } from "@pareidolia/release/tables/trialFormats";
import type { RequestHandler } from "express";
import type { Services } from "../assembly/nounModule.ts";
import { actorOf } from "../http/identify.ts";
import { sendParts } from "../http/sendParts.ts";
import type { RoomFormat, RoomTableName } from "./roomExport.service.ts";

export function serveRooms(services: Services, table: RoomTableName, format: RoomFormat): RequestHandler<{ study: string }> {
  return async (request, response) => {
    const parts = services.roomExports.export(actorOf(response), { reference: request.params.study, table, format });
    await sendParts(response, parts, { contentType: trialFormats[format].contentType, fileName: `${table}.${format}` });
  };
}
