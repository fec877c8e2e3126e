/**
 * HTTP requests to addresses that users give: https and public addresses only. The check follows name resolution and the request uses the
 * address that was checked, so a second resolution cannot redirect it into our network. Every redirect is checked too.
 */
import { lookup as resolveName } from "node:dns/promises";
import { type IncomingMessage, request as requestPlainly } from "node:http";
import { request as requestSecurely } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { AppError } from "@pareidolia/core/appError";
import { isLoopbackAddress, isPublicAddress } from "@pareidolia/server/publicAddress";

export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

export interface GuardOptions {
  /** Allows http and https to loopback addresses, for tests and local mirrors. */
  readonly allowLoopback?: boolean | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Returns all addresses of a host name. */
  readonly resolve?: ((host: string) => Promise<readonly ResolvedAddress[]>) | undefined;
}

const maxRedirects = 5;
const redirectCodes: readonly number[] = [301, 302, 303, 307, 308];

/** Returns the response after redirects, whatever its status. @throws AppError FORBIDDEN for an address that is not allowed. */
export async function guardedRequest(address: string, options: GuardOptions = {}): Promise<IncomingMessage> {
  let url = parse(address);
  for (let hop = 0; hop <= maxRedirects; hop++) {
    const response = await send(url, await permittedAddress(url, options), options);
    const { location } = response.headers;
    if (!redirectCodes.includes(response.statusCode ?? 0) || location === undefined) return response;
    response.destroy();
    url = parse(location, url);
  }
  throw forbidden(url, `it redirects more than ${maxRedirects} times`);
}

function parse(address: string, base?: URL): URL {
  if (!URL.canParse(address, base?.href)) throw new AppError("FORBIDDEN", "This is not a valid URL. Write it as https://host/file.");
  return new URL(address, base);
}

function forbidden(url: URL, why: string): AppError {
  const { protocol, host } = url;
  return new AppError("FORBIDDEN", `Cannot fetch from ${protocol}//${host}: ${why}.`);
}

async function permittedAddress(url: URL, { allowLoopback = false, resolve = resolveAll, signal }: GuardOptions): Promise<ResolvedAddress> {
  if (url.protocol !== "https:" && !(allowLoopback && url.protocol === "http:")) throw forbidden(url, "only https is allowed");
  if (url.username !== "" || url.password !== "") throw forbidden(url, "it contains a user name or password");
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const family = isIP(host);
  const addresses = family === 0 ? await unlessAborted(resolve(host), signal) : [{ address: host, family }];
  const [first] = addresses;
  const permitted = ({ address }: ResolvedAddress): boolean =>
    isLoopbackAddress(address) ? allowLoopback : url.protocol === "https:" && isPublicAddress(address);
  // One private address among public ones can redirect a request into our network. A name that does not resolve gets the same error, so
  // that errors do not reveal which names exist inside our network.
  if (first === undefined || !addresses.every(permitted))
    throw forbidden(url, "it is not a host on the public internet. Check the address, or upload the file");
  return first;
}

async function resolveAll(host: string): Promise<readonly ResolvedAddress[]> {
  try {
    return await resolveName(host, { all: true });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOTFOUND" || code === "ENODATA") return [];
    throw new AppError("UNAVAILABLE", "Host names cannot be resolved at the moment. Try again, or upload the file.", { cause });
  }
}

/** The system's resolver cannot be aborted, and without a network it takes most of a minute to fail. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  signal.throwIfAborted();
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason as Error);
    signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
    work.catch(() => undefined);
  }
}

function send(url: URL, permitted: ResolvedAddress, { headers, signal }: GuardOptions): Promise<IncomingMessage> {
  // The socket resolves the name again; give it the address that was checked.
  const lookup: LookupFunction = (_host, { all }, callback) =>
    all === true ? callback(null, [{ ...permitted }]) : callback(null, permitted.address, permitted.family);
  return new Promise((resolve, reject) => {
    const open = url.protocol === "https:" ? requestSecurely : requestPlainly;
    const request = open(url, {
      agent: false,
      lookup,
      headers: { "accept-encoding": "identity", "user-agent": "pareidolia", ...headers },
      ...(signal === undefined ? {} : { signal }),
    });
    request.on("error", reject);
    request.on("response", resolve);
    request.end();
  });
}
