/** What the routes under /auth/device share. */
import type { Database } from "@pareidolia/persistence/server/database/database";
import type { Authenticate } from "../authenticate.ts";

export interface DeviceLoginOptions {
  readonly database: Database;
  readonly authenticate: Authenticate;
  /** Where browsers reach the web application. */
  readonly publicUrl: URL;
}

/** Seconds that a program leaves between two polls. */
export const pollSeconds = 5;
