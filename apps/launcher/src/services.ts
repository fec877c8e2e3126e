/** The processes of a running system except its database, and when each counts as ready. */
import path from "node:path";
import { findProgram } from "./prepare/prepareBuild.ts";
import type { Log } from "./processes/log.ts";
import { waitForHttp } from "./processes/readiness.ts";
import type { Service } from "./processes/supervisor.ts";
import type { Settings } from "./settings.ts";
import { webArguments } from "./webArguments.ts";
import { waitForHeartbeat } from "./workerArrival.ts";

export interface ServiceOptions {
  readonly settings: Settings;
  readonly databaseUrl: string;
  readonly apiPort: number;
  /** Signs session cookies and encrypts the secrets of webhooks; null without one. */
  readonly secret: string | null;
  /** The files with the operations of the web application. */
  readonly operations: readonly string[];
  openLog(name: string): Log;
}

export function describeServices({ settings, databaseUrl, apiPort, secret, operations, openLog }: ServiceOptions): {
  api: Service;
  web: Service;
  worker: Service;
} {
  const { root, home, cacheFolder, port } = settings;
  const heartbeatFile = path.join(home, "worker.heartbeat");
  const apiUrl = `http://127.0.0.1:${apiPort}`;
  const env = {
    ...process.env,
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
    DATABASE_URL: databaseUrl,
    // Only the set-up of the database needs it.
    DATABASE_OWNER_URL: undefined,
    PAREIDOLIA_HOME: home,
    PAREIDOLIA_CACHE: cacheFolder,
    // Halves the API's startup time.
    NODE_COMPILE_CACHE: path.join(home, "compile-cache"),
    PAREIDOLIA_REPORTS: [path.join(home, "reports"), path.join(root, "docs/report")].join(path.delimiter),
    PAREIDOLIA_PERSISTED_OPERATIONS: operations.join(path.delimiter),
    API_PORT: String(apiPort),
    PAREIDOLIA_SINGLE_USER: settings.singleUser ? "on" : "off",
    PAREIDOLIA_URL: settings.url,
    API_URL: apiUrl,
    PORT: String(port),
  };
  const secretOf = secret === null ? {} : { PAREIDOLIA_SECRET: secret };
  return {
    api: {
      name: "api",
      script: path.join(root, "apps/api/dist/main.js"),
      cwd: root,
      env: { ...env, ...secretOf },
      secondsToStop: 1.5,
      // Every page depends on the API, so it must recover within 2 s, even while a worker keeps every core busy.
      standby: true,
      firstPauseSeconds: 0,
      longestPauseSeconds: 0.1,
      onLine: openLog("api"),
      ready: (signal) => waitForHttp("The API", `${apiUrl}/readyz`, signal),
    },
    web: {
      name: "web",
      script: findProgram(root, ["next", "dist/bin/next"]),
      args: webArguments(port),
      cwd: path.join(root, "apps/web"),
      env,
      secondsToStop: 1,
      onLine: openLog("web"),
      // A page that needs no session; without accounts, it leads to the home page.
      ready: (signal) => waitForHttp("The web application", `http://127.0.0.1:${port}/sign-in`, signal),
    },
    worker: {
      name: "worker",
      script: path.join(root, "workers/dist/main.js"),
      cwd: root,
      env: { ...env, ...secretOf, PAREIDOLIA_HEARTBEAT_FILE: heartbeatFile },
      secondsToStop: 3,
      onLine: openLog("worker"),
      ready: (signal) => waitForHeartbeat(heartbeatFile, signal),
    },
  };
}
