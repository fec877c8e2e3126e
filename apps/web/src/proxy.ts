/**
 * Gives the browser a single origin. Paths of the API, WebSocket upgrades included, are rewritten to API_URL, which is read at run time so
 * that one build works everywhere; uploads have their own route. Every page gets a Content-Security-Policy with a new nonce for Next's
 * inline scripts, which allows WebAssembly for the kernel that draws CPPNs. Requests for other hosts are refused, and page requests may
 * lead elsewhere (`findPlace`).
 */
import { isAllowedHost, readHosts, wrongHostMessage } from "@pareidolia/core/allowedHosts";
import { readWorkspaceAddress } from "@pareidolia/core/workspaceAddress";
import { type NextRequest, NextResponse } from "next/server";
import { apiAddress } from "./server/api.ts";
import { findPlace, type Place } from "./server/findPlace.ts";
import { isHttps } from "./server/isHttps.ts";
import { refusedMethodHeader } from "./server/refusedMethod.ts";

const apiPaths = [
  "/auth",
  "/graphql",
  "/graphiql",
  "/images",
  "/contact-sheets",
  "/genomes",
  "/value-schemas",
  "/report-pages",
  "/ballots",
  "/audit-log.csv",
  "/audit-log.jsonl",
  "/exports",
  "/bulk-queries",
  "/email-choices",
  "/healthz",
];

/** The API's limit. Next would forward only the first 10 MB of a larger body, and the API would wait for the rest. */
const maxBodyBytes = 1_048_576;

/** Path of a study's exported trials, of its norming rooms and of its releases. */
const studyFilePath = /^\/studies\/[^/]+\/(trials\.(csv|jsonl|parquet)|room-(votes|images)\.(csv|jsonl)|codes\.csv|releases\/\d+\.zip)$/;

const pathWithoutPage = "/no-such-page";

/** False for an address such as /runs/%E0, which Next would answer with an error of the server. */
function isDecodable(pathname: string): boolean {
  try {
    decodeURIComponent(pathname);
    return true;
  } catch {
    return false;
  }
}

/** In a workspace or outside. */
function isApiPath(address: string): boolean {
  const pathname = readWorkspaceAddress(address).path;
  return studyFilePath.test(pathname) || apiPaths.some((path) => pathname === path || pathname.startsWith(`${path}/`));
}

/** The S3 server to which pages post files, if they do. */
function uploadOrigin(): string {
  const address = process.env["S3_PUBLIC_ENDPOINT"] ?? "";
  return URL.canParse(address) ? ` ${new URL(address).origin}` : "";
}

function contentSecurityPolicy(nonce: string): string {
  const development = process.env.NODE_ENV === "development";
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic' 'wasm-unsafe-eval'${development ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    `connect-src 'self' ws: wss:${uploadOrigin()}`,
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** With HTTPS, browsers never use HTTP for this host again. They ignore the header over HTTP. */
function withTransport({ headers }: NextRequest, response: NextResponse): NextResponse {
  if (isHttps(headers)) response.headers.set("strict-transport-security", "max-age=31536000");
  return response;
}

async function findPlaceOf({ method, headers, nextUrl }: NextRequest): Promise<Place> {
  if (method !== "GET" && method !== "HEAD") return { kind: "page" };
  const { pathname, search } = nextUrl;
  // Next removes its own headers, so only this tells a document from the code of a page, which a link's page loads in advance.
  const isDocument = headers.get("accept")?.includes("text/html") === true;
  const isOpened = method === "GET" && isDocument && headers.get("sec-purpose")?.includes("prefetch") !== true;
  return findPlace({ pathname, search, cookie: headers.get("cookie"), isOpened });
}

export async function proxy(request: NextRequest): Promise<NextResponse> {
  const refused = request.headers.get(refusedMethodHeader);
  if (refused !== null)
    return NextResponse.json(
      { errors: [{ message: `This server does not support ${refused}. Use GET or POST.`, extensions: { code: "METHOD_NOT_ALLOWED" } }] },
      { status: 405, headers: { allow: "GET, HEAD, POST, OPTIONS" } },
    );
  const { pathname, search } = request.nextUrl;
  const host = request.headers.get("host") ?? undefined;
  // The API refuses WebSockets for other hosts, since a response from here would leave the connection open.
  const isUpgrade = isApiPath(pathname) && request.headers.has("upgrade");
  if (!isUpgrade && !isAllowedHost(host, readHosts(process.env["PAREIDOLIA_HOSTS"])))
    return new NextResponse(wrongHostMessage(host ?? ""), { status: 421, headers: { "content-type": "text/plain; charset=utf-8" } });
  if (isApiPath(pathname)) {
    if (Number(request.headers.get("content-length") ?? 0) > maxBodyBytes)
      return NextResponse.json(
        { errors: [{ message: "The body is larger than 1 MB.", extensions: { code: "INVALID_INPUT" } }] },
        { status: 413 },
      );
    return withTransport(request, NextResponse.rewrite(apiAddress(`${pathname}${search}`)));
  }
  const place: Place = isDecodable(pathname) ? await findPlaceOf(request) : { kind: "rewrite", to: pathWithoutPage };
  // Next sends only the path, since it does not know the address under which a browser reaches it.
  if (place.kind === "redirect")
    return NextResponse.redirect(new URL(place.to, request.url), { status: 307, headers: { "cache-control": "no-store" } });
  const policy = contentSecurityPolicy(Buffer.from(crypto.randomUUID()).toString("base64"));
  const headers = new Headers(request.headers);
  headers.set("content-security-policy", policy);
  const forwarded = { request: { headers } };
  const response = place.kind === "page" ? NextResponse.next(forwarded) : NextResponse.rewrite(new URL(place.to, request.url), forwarded);
  response.headers.set("content-security-policy", policy);
  response.headers.set("x-content-type-options", "nosniff");
  response.headers.set("referrer-policy", "same-origin");
  response.headers.set("permissions-policy", "camera=(), microphone=(), geolocation=()");
  return withTransport(request, response);
}

export const config = { matcher: ["/((?!_next/static|_next/image|icon.svg|(?:w/[^/]+/)?uploads$|(?:w/[^/]+/)?uploads/).*)"] };
