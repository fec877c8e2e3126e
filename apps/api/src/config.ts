/** Reads the API's settings from environment variables. */
import { delimiter } from "node:path";
import { type AllowedHosts, readHosts } from "@pareidolia/core/allowedHosts";
import { AppError } from "@pareidolia/core/appError";
import { z } from "zod";
import type { Authenticate } from "./identity/authenticate.ts";
import { authenticateSingleUser } from "./identity/singleUser.ts";

const origins = z
  .string()
  .default("")
  .transform((text) => text.split(",").flatMap((origin) => (origin.trim() === "" ? [] : [new URL(origin.trim()).origin])));

const environmentSchema = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  API_HOST: z.string().min(1).default("127.0.0.1"),
  API_PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  API_ALLOWED_ORIGINS: origins,
  PAREIDOLIA_HOSTS: z.string().optional(),
  PAREIDOLIA_REPORTS: z
    .string()
    .default("")
    .transform((text) => text.split(delimiter).filter((folder) => folder !== "")),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  PAREIDOLIA_SINGLE_USER: z.string().optional(),
  PAREIDOLIA_SUPERVISED: z.string().optional(),
  PAREIDOLIA_STANDBY: z.string().optional(),
});

export interface ApiConfig {
  readonly databaseUrl: string;
  readonly host: string;
  readonly port: number;
  readonly allowedOrigins: readonly string[];
  readonly hosts: AllowedHosts;
  readonly logLevel: string;
  /** Folders that contain reports. */
  readonly reportFolders: readonly string[];
  /** How requests are authenticated. */
  readonly authenticate: Authenticate;
  /** Whether to stop at the end of standard input, which means that the parent process has ended. */
  readonly supervised: boolean;
  /** Whether the process loads, connects to the database, and then waits for a message before it serves. */
  readonly standby: boolean;
}

/** @throws AppError INVALID_INPUT naming the invalid variables. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): ApiConfig {
  const parsed = environmentSchema.safeParse(environment);
  if (!parsed.success) throw new AppError("INVALID_INPUT", `The API cannot start with these settings.\n${z.prettifyError(parsed.error)}`);
  const { data } = parsed;
  if (data.PAREIDOLIA_SINGLE_USER !== "1")
    throw new AppError(
      "INVALID_INPUT",
      "The API has no accounts yet. Set PAREIDOLIA_SINGLE_USER=1 to let everyone who can reach it act as the owner of its only workspace.",
    );
  return {
    databaseUrl: data.DATABASE_URL,
    host: data.API_HOST,
    port: data.API_PORT,
    allowedOrigins: data.API_ALLOWED_ORIGINS,
    hosts: readHosts(data.PAREIDOLIA_HOSTS),
    logLevel: data.LOG_LEVEL,
    reportFolders: data.PAREIDOLIA_REPORTS,
    authenticate: authenticateSingleUser,
    supervised: data.PAREIDOLIA_SUPERVISED === "1",
    standby: data.PAREIDOLIA_STANDBY === "1",
  };
}
