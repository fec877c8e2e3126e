/** Reads the worker's settings from environment variables. */
import path from "node:path";
import { AppError } from "@pareidolia/core/appError";
import { type MailServer, readMailServer } from "@pareidolia/core/mailServer";
import { readLargestImport } from "@pareidolia/persistence/workspace/quotas/readQuotas";
import { z } from "zod";

const unsentFileName = "unsent-emails.txt";

const positive = z.coerce.number().positive();
const optionalText = z.string().optional();

const schema = z.object({
  DATABASE_URL: z.string().regex(/^postgres(?:ql)?:\/\//, "must be a URL such as postgresql://user:password@host:5432/database"),
  PAREIDOLIA_HOME: z.string().min(1).default(".pareidolia"),
  PAREIDOLIA_CACHE: optionalText,
  PAREIDOLIA_CHECKPOINT_SECONDS: positive.max(60).default(1),
  PAREIDOLIA_LEASE_SECONDS: positive.max(600).default(10),
  PAREIDOLIA_FETCH_FROM_LOOPBACK: z.enum(["true", "false"]).default("false"),
  PAREIDOLIA_HEARTBEAT_FILE: optionalText,
  PAREIDOLIA_SECRET: z.string().min(32).optional(),
  PAREIDOLIA_URL: z.url({ protocol: /^https?$/ }).optional(),
  PAREIDOLIA_SMTP_URL: optionalText,
  PAREIDOLIA_EMAIL_FROM: optionalText,
  PAREIDOLIA_THREADS: z.coerce.number().int().min(1).max(256).optional(),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
});

export interface WorkerConfig {
  readonly databaseUrl: string;
  readonly cacheFolder: string;
  /** Where e-mails are kept without a mail server. */
  readonly unsentFile: string;
  /** Bytes of the largest file of an import. */
  readonly largestImport: number;
  readonly checkpointSeconds: number;
  readonly leaseSeconds: number;
  readonly threads: number | undefined;
  /** Whether models may be downloaded from a server on this machine, such as a mirror, also over HTTP. */
  readonly allowLoopback: boolean;
  /** Touched with every heartbeat, for a health check. */
  readonly heartbeatFile: string | undefined;
  /** Null for an installation that sends no e-mails. */
  readonly mailServer: MailServer | null;
  /** Encrypts the secrets of webhooks and signs links to unsubscribe, as in the API; null without one. */
  readonly secret: string | null;
  /** Address of the web application, for links; null if it is not set. */
  readonly publicUrl: URL | null;
  readonly logLevel: string;
}

/** @throws AppError INVALID_INPUT naming every invalid setting. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): WorkerConfig {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(given);
  if (!parsed.success)
    throw new AppError("INVALID_INPUT", `The worker cannot start with these settings.\n${z.prettifyError(parsed.error)}`);
  const settings = parsed.data;
  return {
    databaseUrl: settings.DATABASE_URL,
    cacheFolder: path.resolve(settings.PAREIDOLIA_CACHE ?? path.join(settings.PAREIDOLIA_HOME, "cache")),
    unsentFile: path.resolve(settings.PAREIDOLIA_HOME, unsentFileName),
    largestImport: readLargestImport(given),
    checkpointSeconds: settings.PAREIDOLIA_CHECKPOINT_SECONDS,
    leaseSeconds: settings.PAREIDOLIA_LEASE_SECONDS,
    threads: settings.PAREIDOLIA_THREADS,
    allowLoopback: settings.PAREIDOLIA_FETCH_FROM_LOOPBACK === "true",
    heartbeatFile: settings.PAREIDOLIA_HEARTBEAT_FILE,
    mailServer: readMailServer({ url: settings.PAREIDOLIA_SMTP_URL, from: settings.PAREIDOLIA_EMAIL_FROM }),
    secret: settings.PAREIDOLIA_SECRET ?? null,
    publicUrl: settings.PAREIDOLIA_URL === undefined ? null : new URL(settings.PAREIDOLIA_URL),
    logLevel: settings.LOG_LEVEL,
  };
}
