/**
 * Streams upload requests to the API. They bypass proxy.ts, which would buffer the whole body in memory and truncate it after 10 MB.
 */
import { isAllowedHost, readHosts, wrongHostMessage } from "@pareidolia/core/allowedHosts";
import { apiAddress } from "./api.ts";

/** With `origin` and `x-forwarded-for`, the API can refuse other sites and record the client. Proxied requests have the same headers. */
const forwardedHeaders = ["content-type", "content-length", "cookie", "authorization", "origin", "x-forwarded-for"] as const;

export async function passUpload(request: Request): Promise<Response> {
  const host = request.headers.get("host") ?? undefined;
  if (!isAllowedHost(host, readHosts(process.env["PAREIDOLIA_HOSTS"]))) return new Response(wrongHostMessage(host ?? ""), { status: 421 });
  const headers = new Headers();
  for (const name of forwardedHeaders) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  if (host !== undefined) headers.set("x-forwarded-host", host);
  const { method, body, signal } = request;
  const init: RequestInit & { duplex: "half" } = { method, headers, body, duplex: "half", signal };
  const { pathname, search } = new URL(request.url);
  try {
    const response = await fetch(apiAddress(`${pathname}${search}`), init);
    const contentType = response.headers.get("content-type");
    return new Response(response.body, { status: response.status, headers: contentType === null ? {} : { "content-type": contentType } });
  } catch {
    const message = "The upload failed: the API did not answer or stopped receiving. Try again in a few seconds.";
    return Response.json({ errors: [{ message, extensions: { code: "UNAVAILABLE" } }] }, { status: 503 });
  }
}
