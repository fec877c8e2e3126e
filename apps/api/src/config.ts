/** Reads the API's settings from environment variables. */
import { delimiter } from "node:path";
import { type AllowedHosts, readHosts } from "@pareidolia/core/allowedHosts";
import { AppError } from "@pareidolia/core/appError";
import { readMailServer } from "@pareidolia/core/mailServer";
import type { CostLimit } from "@pareidolia/persistence/server/costBuckets/spendCost";
import { readLargestImport, readQuotas } from "@pareidolia/persistence/workspace/quotas/readQuotas";
import type { QuotaDefaults } from "@pareidolia/persistence/workspace/quotas/withinQuotas";
import { z } from "zod";
import type { PersistedOptions } from "./http/persistedOperations.ts";
import type { AccountSettings } from "./identity/accounts.ts";
import { readOidc } from "./identity/oidcSettings.ts";
import { limits } from "./limits/limits.ts";

const origins = z
  .string()
  .default("")
  .transform((text) => text.split(",").flatMap((origin) => (origin.trim() === "" ? [] : [new URL(origin.trim()).origin])));

const shortestSecret = 32;

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
  PAREIDOLIA_PERSISTED_OPERATIONS: z
    .string()
    .default("")
    .transform((text) => text.split(delimiter).filter((file) => file !== "")),
  PAREIDOLIA_ANY_DOCUMENT: z.enum(["on", "off"]).default("off"),
  PAREIDOLIA_SINGLE_USER: z.enum(["on", "off", "1", "0"]).default("off"),
  PAREIDOLIA_SECRET: z.string().min(shortestSecret).optional(),
  PAREIDOLIA_URL: z.url({ protocol: /^https?$/ }).optional(),
  PAREIDOLIA_FETCH_FROM_LOOPBACK: z.enum(["true", "false"]).default("false"),
  PAREIDOLIA_SUPERVISED: z.string().optional(),
  PAREIDOLIA_STANDBY: z.string().optional(),
  PAREIDOLIA_COST_LIMIT: z.coerce.number().int().min(limits.cost).default(20_000_000),
  PAREIDOLIA_COST_DRAIN: z.coerce.number().min(1_000).default(200_000),
});

export interface ApiConfig {
  readonly databaseUrl: string;
  readonly host: string;
  readonly port: number;
  readonly allowedOrigins: readonly string[];
  readonly hosts: AllowedHosts;
  readonly logLevel: string;
  /** Limits of every workspace. */
  readonly quotas: QuotaDefaults;
  /** Bytes of the largest file of an import. */
  readonly largestImport: number;
  /** What each user may spend on operations; null for a single user. */
  readonly costLimit: CostLimit | null;
  /** Which documents a session may send. */
  readonly persisted: PersistedOptions;
  /** Folders that contain reports. */
  readonly reportFolders: readonly string[];
  /** Null for a single user without an account. */
  readonly accounts: AccountSettings | null;
  /** Encrypts the secrets of webhooks and signs links to unsubscribe; null without one, for a single user. */
  readonly secret: string | null;
  /** Whether webhooks may post to this machine. */
  readonly allowLoopback: boolean;
  /** Whether to stop at the end of standard input, which means that the parent process has ended. */
  readonly supervised: boolean;
  /** Whether the process loads, connects to the database, and then waits for a message before it serves. */
  readonly standby: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws AppError INVALID_INPUT naming the invalid variables. */
export function readConfig(environment: Environment): ApiConfig {
  const parsed = environmentSchema.safeParse(environment);
  if (!parsed.success) throw new AppError("INVALID_INPUT", `The API cannot start with these settings.\n${z.prettifyError(parsed.error)}`);
  const { data } = parsed;
  const accounts = readAccounts(data, environment);
  return {
    databaseUrl: data.DATABASE_URL,
    host: data.API_HOST,
    port: data.API_PORT,
    allowedOrigins: data.API_ALLOWED_ORIGINS,
    hosts: readHosts(data.PAREIDOLIA_HOSTS),
    logLevel: data.LOG_LEVEL,
    quotas: readQuotas(environment),
    largestImport: readLargestImport(environment),
    persisted: readPersisted(data, accounts),
    reportFolders: data.PAREIDOLIA_REPORTS,
    secret: data.PAREIDOLIA_SECRET ?? null,
    accounts,
    costLimit: accounts === null ? null : { limit: data.PAREIDOLIA_COST_LIMIT, drainPerSecond: data.PAREIDOLIA_COST_DRAIN },
    allowLoopback: data.PAREIDOLIA_FETCH_FROM_LOOPBACK === "true",
    supervised: data.PAREIDOLIA_SUPERVISED === "1",
    standby: data.PAREIDOLIA_STANDBY === "1",
  };
}

/** @throws AppError INVALID_INPUT for a single user on a public address, accounts without a secret or an address, and settings of the mail server or the provider. */
function readAccounts(data: z.infer<typeof environmentSchema>, environment: Environment): AccountSettings | null {
  // "1" is the setting of the containers, in which only the web application reaches the API.
  if (data.PAREIDOLIA_SINGLE_USER === "1") return null;
  if (data.PAREIDOLIA_SINGLE_USER === "on") {
    if (isLoopback(data.API_HOST)) return null;
    throw new AppError(
      "INVALID_INPUT",
      `PAREIDOLIA_SINGLE_USER=on makes every visitor the owner, so the API must listen on a loopback address only, not on ${data.API_HOST}. Set API_HOST=127.0.0.1, or turn accounts on with PAREIDOLIA_SINGLE_USER=off.`,
    );
  }
  const { PAREIDOLIA_SECRET: secret, PAREIDOLIA_URL: publicUrl } = data;
  const sendsEmails = readMailServer({ url: environment["PAREIDOLIA_SMTP_URL"], from: environment["PAREIDOLIA_EMAIL_FROM"] }) !== null;
  if (secret !== undefined && publicUrl !== undefined)
    return { secret, publicUrl: new URL(publicUrl), oidc: readOidc(environment), sendsEmails };
  throw new AppError(
    "INVALID_INPUT",
    `Accounts need PAREIDOLIA_SECRET, a random text of at least ${shortestSecret} characters, and PAREIDOLIA_URL, the address of the web application. Set both, or PAREIDOLIA_SINGLE_USER=on to work alone on this machine.`,
  );
}

/** @throws AppError INVALID_INPUT if there are accounts, but neither setting says which documents a session may send. */
function readPersisted(data: z.infer<typeof environmentSchema>, accounts: AccountSettings | null): PersistedOptions {
  const { PAREIDOLIA_PERSISTED_OPERATIONS: files, PAREIDOLIA_ANY_DOCUMENT: anyDocument } = data;
  if (files.length > 0 || anyDocument === "on" || accounts === null) return { files, acceptsAny: anyDocument === "on" };
  throw new AppError(
    "INVALID_INPUT",
    "Accounts need PAREIDOLIA_PERSISTED_OPERATIONS, the file persistedOperations.json that the build of the web application writes: browsers may send only its operations. For development, PAREIDOLIA_ANY_DOCUMENT=on lets them send any document.",
  );
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
}
