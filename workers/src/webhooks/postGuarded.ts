/**
 * Posts to an address that a user gave: https and public addresses only. The name is resolved once, every address is checked, and the request
 * connects to a checked one, so that a second resolution cannot lead it into our network. It follows no redirect.
 */
import { lookup as resolveName } from "node:dns/promises";
import { type IncomingMessage, request as requestPlainly } from "node:http";
import { request as requestSecurely } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import type { ResolvedAddress } from "@pareidolia/classifiers/files/guardedRequest";
import { isLoopbackAddress, isPublicAddress } from "@pareidolia/server/publicAddress";
import { notPublic, refuseReceiver } from "@pareidolia/server/receiverAddress";

export interface PostOptions {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Allows http and https to this machine, for development and tests. */
  readonly allowLoopback?: boolean;
  /** Returns all addresses of a host name. */
  readonly resolve?: (host: string) => Promise<readonly ResolvedAddress[]>;
  /** For the whole request. Default: 15,000. */
  readonly timeoutMilliseconds?: number;
}

export interface PostResult {
  /** Null without a response. */
  readonly status: number | null;
  /** Start of the response, as printable text. */
  readonly excerpt: string;
  /** A sentence; null for a status of 200 to 299. */
  readonly failure: string | null;
}

const defaultTimeout = 15_000;
/** Bytes after which the rest of a response is not read. */
const mostBytes = 65_536;
const maxExcerptLength = 500;

class Refused extends Error {}

async function permittedAddress(url: URL, { allowLoopback = false, resolve = resolveAll }: PostOptions): Promise<ResolvedAddress> {
  const refusal = refuseReceiver(url, allowLoopback);
  if (refusal !== null) throw new Refused(refusal);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const family = isIP(host);
  const addresses = family === 0 ? await resolve(host) : [{ address: host, family }];
  const permitted = ({ address }: ResolvedAddress): boolean =>
    isLoopbackAddress(address) ? allowLoopback : url.protocol === "https:" && isPublicAddress(address);
  const [first] = addresses;
  // A name that does not resolve gets the same sentence, so that none reveals which names exist inside our network.
  if (first === undefined || !addresses.every(permitted)) throw new Refused(notPublic);
  return first;
}

async function resolveAll(host: string): Promise<readonly ResolvedAddress[]> {
  try {
    return await resolveName(host, { all: true });
  } catch {
    return [];
  }
}

function send(url: URL, permitted: ResolvedAddress, options: PostOptions, signal: AbortSignal): Promise<IncomingMessage> {
  // The socket resolves the name again; give it the address that was checked.
  const lookup: LookupFunction = (_host, { all }, callback) =>
    all === true ? callback(null, [{ ...permitted }]) : callback(null, permitted.address, permitted.family);
  const headers = {
    "content-type": "application/json",
    "content-length": String(Buffer.byteLength(options.body)),
    "accept-encoding": "identity",
    "user-agent": "pareidolia",
    ...options.headers,
  };
  return new Promise((resolve, reject) => {
    const open = url.protocol === "https:" ? requestSecurely : requestPlainly;
    const request = open(url, { method: "POST", agent: false, lookup, headers, signal });
    request.on("error", reject);
    request.on("response", resolve);
    request.end(options.body);
  });
}

async function readExcerpt(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= mostBytes) break;
  }
  response.destroy();
  const text = Buffer.concat(chunks).subarray(0, mostBytes).toString("utf8");
  // Printable, since members see it on a page and Postgres stores no NUL.
  return text
    .replaceAll(/[\p{Cc}\s]+/gu, " ")
    .trim()
    .slice(0, maxExcerptLength);
}

function explain(error: unknown, signal: AbortSignal, timeout: number): string {
  if (error instanceof Refused) return error.message;
  if (signal.aborted) return `There was no complete response within ${timeout / 1000} seconds.`;
  const { code } = error as NodeJS.ErrnoException;
  return `The connection failed${typeof code === "string" && /^[A-Z0-9_]+$/.test(code) ? ` (${code})` : ""}.`;
}

/** Never throws. */
export async function postGuarded(address: string, options: PostOptions): Promise<PostResult> {
  const { timeoutMilliseconds = defaultTimeout } = options;
  const signal = AbortSignal.timeout(timeoutMilliseconds);
  try {
    if (!URL.canParse(address)) throw new Refused("This is not a valid URL.");
    const url = new URL(address);
    const response = await send(url, await permittedAddress(url, options), options, signal);
    const status = response.statusCode ?? 0;
    const excerpt = await readExcerpt(response);
    if (status >= 200 && status <= 299) return { status, excerpt, failure: null };
    const isRedirect = status >= 300 && status <= 399;
    return {
      status,
      excerpt,
      failure: isRedirect ? "The receiver redirects, and redirects are not followed." : `The receiver answered with ${status}.`,
    };
  } catch (error) {
    return { status: null, excerpt: "", failure: explain(error, signal, timeoutMilliseconds) };
  }
}
