/** The web application as it runs in production, in front of an API. */

import path from "node:path";
import { findProgram } from "@pareidolia/launcher/prepare/prepareBuild";
import { webArguments } from "@pareidolia/launcher/webArguments";
import { type ServedProcess, startServed } from "./servedProcess.ts";

const root = path.resolve(import.meta.dirname, "../../..");

export async function serveWeb(api: string): Promise<ServedProcess> {
  const environment = { API_URL: api, PAREIDOLIA_URL: "http://127.0.0.1", PAREIDOLIA_SINGLE_USER: "off", NEXT_TELEMETRY_DISABLED: "1" };
  return startServed(findProgram(root, ["next", "dist/bin/next"]), environment, {
    args: webArguments(0),
    folder: path.join(root, "apps/web"),
    onEveryCore: true,
  });
}
