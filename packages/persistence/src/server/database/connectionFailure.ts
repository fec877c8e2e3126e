/** Explains why a database cannot be opened and what to do. The message never contains a password. */
import { AppError } from "@pareidolia/core/appError";
import pg from "pg";

const connectTimeout = 10_000;

const unreachable = new Set(["ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH", "P1002"]);
const unknownHost = new Set(["ENOTFOUND", "EAI_AGAIN"]);
const refused = new Set(["ECONNREFUSED", "ECONNRESET", "P1001"]);
/** SQLSTATE invalid_password and invalid_authorization_specification. */
const unauthorised = new Set(["28P01", "28000", "P1000"]);
const noDatabase = new Set(["3D000", "P1003"]);
/** SQLSTATE too_many_connections, and cannot_connect_now of a server that starts, stops or recovers. */
const noConnectionLeft = "53300";
const notYetReady = "57P03";
const timeout = /timeout expired|timeout exceeded when trying to connect/i;
const closedByServer = /connection terminated|server closed the connection/i;
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

/** Codes and messages of an error and its causes, from Prisma and from the driver. */
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
  if (has(unauthorised)) return `Postgres at ${server} rejects the user "${user}" or its password. Correct them in DATABASE_URL.`;
  if (has(noDatabase))
    return `Postgres at ${server} has no database "${database}". Create it (CREATE DATABASE "${database}"), or correct the name in DATABASE_URL.`;
  if (has(unknownHost)) return `The host "${host}" is unknown. Correct it in DATABASE_URL, or check this machine's network.`;
  if (found.includes(noConnectionLeft)) return `Postgres at ${server} has too many open connections. Close some, or raise max_connections.`;
  if (found.includes(notYetReady)) return `Postgres at ${server} is still starting. Try again in a moment.`;
  if (found.some((trace) => noEncryption.test(trace))) return `Postgres at ${server} does not offer TLS. Remove sslmode from DATABASE_URL.`;
  if (has(unreachable) || found.some((trace) => timeout.test(trace)))
    return `Postgres at ${server} does not answer in time. Check the address in DATABASE_URL, the network and the firewall.`;
  if (found.some((trace) => closedByServer.test(trace)))
    return `The server at ${server} closes the connection. Check that it is a Postgres server that accepts this machine, or correct DATABASE_URL.`;
  if (has(refused)) return `No server listens at ${server}. Start Postgres there, or correct the address in DATABASE_URL.`;
  return `Postgres at ${server} cannot be opened (${found[0] ?? "unknown error"}). Check that it runs and that DATABASE_URL is correct.`;
}

/**
 * Connects with the driver, because its errors distinguish a wrong password from a missing server and Prisma's do not.
 * @throws AppError UNAVAILABLE
 */
export async function connectDirectly(url: string, options: pg.ClientConfig = {}): Promise<pg.Client> {
  const client = new pg.Client({ connectionTimeoutMillis: connectTimeout, ...options, connectionString: url });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return client;
  } catch (cause) {
    await client.end().catch(() => undefined);
    throw connectionFailure(url, cause);
  }
}

/** Whether to try again: the server, or this machine, is too busy to connect in time, or the server is still starting. */
export function mayPass(failure: unknown): boolean {
  return [...traces(failure)].some(
    (trace) => unreachable.has(trace) || trace === noConnectionLeft || trace === notYetReady || timeout.test(trace),
  );
}

export function connectionFailure(url: string, cause: unknown): AppError {
  return new AppError("UNAVAILABLE", sentence(cause, placeOf(url)), { cause });
}
