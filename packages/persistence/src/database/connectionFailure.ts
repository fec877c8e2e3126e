/** Why a database cannot be opened, as a sentence that says what to do. It never repeats a password. */
import { AppError } from "@pareidolia/core/appError";
import pg from "pg";

const patience = 10_000;

const unreachable = new Set(["ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH", "P1002"]);
const unknownHost = new Set(["ENOTFOUND", "EAI_AGAIN"]);
const refused = new Set(["ECONNREFUSED", "ECONNRESET", "P1001"]);
/** SQLSTATE invalid_password and invalid_authorization_specification. */
const unauthorised = new Set(["28P01", "28000", "P1000"]);
const noDatabase = new Set(["3D000", "P1003"]);
const timeout = /timeout expired|timeout exceeded when trying to connect/i;
const brokenOff = /connection terminated|server closed the connection/i;
const noEncryption = /does not support SSL/i;

interface Place {
  readonly user: string;
  readonly server: string;
  readonly host: string;
  readonly database: string;
}

function placeOf(url: string): Place {
  if (!URL.canParse(url)) return { user: "", server: "its server", host: "its host", database: "" };
  const { username, hostname, port, pathname } = new URL(url);
  const user = decodeURIComponent(username);
  const host = hostname === "" ? "localhost" : hostname;
  return { user, host, server: `${host}:${port || "5432"}`, database: decodeURIComponent(pathname.slice(1)) || user };
}

/** Codes and messages of an error and of what caused it, Prisma's and the driver's alike. */
function* traces(error: unknown): Generator<string> {
  for (let cause = error, depth = 0; cause instanceof Object && depth < 8; depth++) {
    const { code, message, meta, errors } = cause as {
      code?: unknown;
      message?: unknown;
      meta?: { code?: unknown; driverAdapterError?: unknown };
      errors?: readonly unknown[];
    };
    for (const trace of [code, meta?.code, message]) if (typeof trace === "string" && trace !== "") yield trace;
    cause = (cause as { cause?: unknown }).cause ?? meta?.driverAdapterError ?? errors?.[0];
  }
}

function sentence(error: unknown, { user, server, host, database }: Place): string {
  const found = [...traces(error)];
  const has = (codes: ReadonlySet<string>): boolean => found.some((trace) => codes.has(trace));
  if (has(unauthorised)) return `Postgres at ${server} refuses the user "${user}" with this password. Correct them in DATABASE_URL.`;
  if (has(noDatabase))
    return `Postgres at ${server} has no database "${database}". Create it (CREATE DATABASE "${database}"), or name another in DATABASE_URL.`;
  if (has(unknownHost)) return `There is no host "${host}". Correct it in DATABASE_URL, or check this machine's network.`;
  if (found.some((trace) => trace === "53300"))
    return `Postgres at ${server} has no connection left. Close some, or raise its max_connections.`;
  if (found.some((trace) => trace === "57P03")) return `Postgres at ${server} is still starting. Try again in a moment.`;
  if (found.some((trace) => noEncryption.test(trace))) return `Postgres at ${server} does not offer TLS. Take sslmode out of DATABASE_URL.`;
  if (has(unreachable) || found.some((trace) => timeout.test(trace)))
    return `Postgres at ${server} does not answer in time. Check the address in DATABASE_URL, the network and the firewall.`;
  if (found.some((trace) => brokenOff.test(trace)))
    return `What answers at ${server} breaks the connection off. Check that it is a Postgres that accepts this machine, or correct DATABASE_URL.`;
  if (has(refused)) return `Nobody answers at ${server}. Start Postgres there, or correct the address in DATABASE_URL.`;
  return `Postgres at ${server} cannot be used (${found[0] ?? "unknown error"}). Check that it runs and that DATABASE_URL names it.`;
}

/**
 * A connection by the driver itself, whose errors tell a wrong password from a missing server where Prisma's say neither.
 * @throws AppError UNAVAILABLE
 */
export async function connectDirectly(url: string, options: pg.ClientConfig = {}): Promise<pg.Client> {
  const client = new pg.Client({ connectionTimeoutMillis: patience, ...options, connectionString: url });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return client;
  } catch (cause) {
    await client.end().catch(() => undefined);
    throw connectionFailure(url, cause);
  }
}

export function connectionFailure(url: string, cause: unknown): AppError {
  return new AppError("UNAVAILABLE", sentence(cause, placeOf(url)), { cause });
}
