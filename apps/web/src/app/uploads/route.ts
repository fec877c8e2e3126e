/**
 * Passes an upload on to the API as it comes in. It does not go through proxy.ts, which would hold the whole file in memory and cut it
 * off after 10 MB.
 */
import { isAllowedHost, readHosts, wrongHostMessage } from "@pareidolia/core/allowedHosts";

const passedOn = ["content-type", "content-length"] as const;

export async function POST(request: Request): Promise<Response> {
  const host = request.headers.get("host") ?? undefined;
  if (!isAllowedHost(host, readHosts(process.env["PAREIDOLIA_HOSTS"]))) return new Response(wrongHostMessage(host ?? ""), { status: 421 });
  const headers = new Headers();
  for (const name of passedOn) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  const address = new URL("/uploads", process.env["API_URL"] ?? "http://127.0.0.1:4000");
  const sent: RequestInit & { duplex: "half" } = { method: "POST", headers, body: request.body, duplex: "half", signal: request.signal };
  try {
    const answer = await fetch(address, sent);
    return new Response(answer.body, { status: answer.status, headers: { "content-type": answer.headers.get("content-type") ?? "" } });
  } catch {
    const message = "The upload broke off: the API is away or takes no more. Try again in a few seconds.";
    return Response.json({ errors: [{ message, extensions: { code: "UNAVAILABLE" } }] }, { status: 503 });
  }
}
