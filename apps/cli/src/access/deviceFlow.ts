/** Gets an API key by the device flow (RFC 8628): a member approves a short code in the browser, on this computer or another. */

import { setTimeout as pause } from "node:timers/promises";
import { CliError } from "../failure.ts";

interface Code {
  readonly device_code: string;
  readonly user_code: string;
  readonly verification_uri: string;
  readonly verification_uri_complete: string;
  readonly expires_in: number;
  readonly interval: number;
}

export interface IssuedKey {
  readonly token: string;
  readonly expiresAt: string;
}

export interface DeviceRequest {
  readonly url: string;
  readonly clientName: string;
  readonly scopes: string;
  readonly days: number;
  readonly signal: AbortSignal;
  /** Shows the code and the address where it is entered. */
  readonly onCode: (code: string, address: string, addressWithCode: string) => Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export async function askServer(url: string, path: string, signal: AbortSignal, init: RequestInit = {}): Promise<Answer> {
  let status: number;
  let text: string;
  try {
    const response = await fetch(new URL(path, url), { ...init, signal: AbortSignal.any([signal, AbortSignal.timeout(30_000)]) });
    status = response.status;
    text = await response.text();
  } catch (error) {
    signal.throwIfAborted();
    const { code } = ((error as Error).cause ?? {}) as { readonly code?: string };
    throw new CliError(
      "unreachable",
      `${url} does not answer${code === undefined ? "" : ` (${code})`}. Check the address, and that the server is running.`,
    );
  }
  return { status, body: readObject(text) };
}

/** Empty unless the body is a JSON object: a proxy answers errors with pages. */
function readObject(text: string): Answer["body"] {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Answer["body"]) : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

function post(request: DeviceRequest, path: string, body: object): Promise<Answer> {
  const init = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  return askServer(request.url, path, request.signal, init);
}

function messageOf({ body }: Answer): string {
  const [error] = (body["errors"] ?? []) as readonly { readonly message: string }[];
  const description = body["error_description"];
  return error?.message ?? (typeof description === "string" ? description : "The server refused.");
}

export async function signInByCode(request: DeviceRequest): Promise<IssuedKey> {
  const { clientName, scopes, days, signal } = request;
  const started = await post(request, "/auth/device/code", { client_id: clientName, scope: scopes, expires_in_days: days });
  if (started.status !== 200) throw new CliError(started.status === 429 ? "limited" : "refused", messageOf(started));
  const code = started.body as unknown as Code;
  await request.onCode(code.user_code, code.verification_uri, code.verification_uri_complete);
  let seconds = code.interval;
  for (;;) {
    await pause(seconds * 1_000, undefined, { signal });
    const polled = await post(request, "/auth/device/token", {
      grant_type: "urn:ietf:params:oauth:grant-type:device_code",
      device_code: code.device_code,
    });
    if (polled.status === 200) {
      const lifetime = Number(polled.body["expires_in"]) * 1_000;
      return { token: String(polled.body["access_token"]), expiresAt: new Date(Date.now() + lifetime).toISOString() };
    }
    const error = polled.body["error"];
    if (error === "slow_down") seconds += 5;
    else if (error === "expired_token") throw new CliError("refused", "The code has expired. Run `pareidolia login` again.");
    else if (error !== "authorization_pending") throw new CliError("refused", messageOf(polled));
  }
}
