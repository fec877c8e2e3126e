/**
 * The API and the web application as processes of their own, which serve the world's database and objects as `npm start` does: requests go
 * through the web application, as a browser sends them. The programs must have been built.
 */

import path from "node:path";
import { persistedOperationsFile } from "@pareidolia/launcher/prepare/prepareBuild";
import { startChild } from "@pareidolia/launcher/processes/child";
import { webArguments } from "@pareidolia/launcher/webArguments";
import { accountSettings } from "../support/accounts.ts";
import { findFreePort, waitForAnswer } from "../support/servers.ts";

export interface Processes {
  /** The address of the web application. */
  readonly url: string;
  close(): Promise<void>;
}

interface Served {
  readonly databaseUrl: string;
  /** With the objects in `objects`. */
  readonly home: string;
  readonly reportFolder: string;
}

const root = path.resolve(import.meta.dirname, "../..");
const millisecondsToStart = 120_000;

export async function startProcesses({ databaseUrl, home, reportFolder }: Served): Promise<Processes> {
  const [apiPort, webPort] = [await findFreePort(), await findFreePort()];
  const apiUrl = `http://127.0.0.1:${apiPort}`;
  const url = `http://127.0.0.1:${webPort}`;
  const output: string[] = [];
  const onLine = (line: string): void => void output.push(line);
  const env = {
    ...process.env,
    NODE_ENV: "production" as const,
    DATABASE_URL: databaseUrl,
    PAREIDOLIA_HOME: home,
    // The objects are in the folder, whatever store the caller has.
    S3_ENDPOINT: "",
    S3_ACCESS_KEY: "",
    S3_SECRET_KEY: "",
    PAREIDOLIA_REPORTS: reportFolder,
    PAREIDOLIA_SECRET: accountSettings.secret,
    PAREIDOLIA_PERSISTED_OPERATIONS: path.join(root, persistedOperationsFile),
    // Signed-in users send the matrix's own documents.
    PAREIDOLIA_ANY_DOCUMENT: "on",
    PAREIDOLIA_SINGLE_USER: "off",
    PAREIDOLIA_URL: accountSettings.publicUrl.origin,
    API_PORT: String(apiPort),
    API_URL: apiUrl,
    PORT: String(webPort),
  };
  const api = startChild({ script: path.join(root, "apps/api/dist/main.js"), cwd: root, env, onLine });
  const next = path.join(root, "node_modules/next/dist/bin/next");
  const web = startChild({ script: next, args: webArguments(webPort), cwd: path.join(root, "apps/web"), env, onLine });
  const close = async (): Promise<void> => {
    for (const child of [web, api]) {
      child.signal("SIGTERM");
      await child.ended;
      child.killGroup();
    }
  };
  try {
    await waitForAnswer(`${apiUrl}/readyz`, output, millisecondsToStart);
    await waitForAnswer(`${url}/icon.svg`, output, millisecondsToStart);
  } catch (error) {
    await close();
    throw error;
  }
  return { url, close };
}
