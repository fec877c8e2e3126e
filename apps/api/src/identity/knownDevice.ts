/**
 * Remembers in a cookie which accounts have signed in with a browser. Their attempts from it are counted apart, so strangers who guess a
 * password cannot lock the account's holder out (OWASP, "Slow Down Online Guessing Attacks with Device Cookies"). The cookie replaces no
 * password.
 */
import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";
import { parseCookies } from "better-auth/cookies";

const cookieNames = ["__Host-pareidolia.device", "pareidolia.device"] as const;
export const secondsOfDevice = 365 * 86_400;
const maxAccounts = 5;
const form = /^([\w-]{22})((?:\.[\w-]{43}){1,5})$/;

interface Device {
  readonly name: string;
  readonly signatures: readonly string[];
}

function sign(secret: string, name: string, email: string): string {
  const key = Buffer.from(hkdfSync("sha256", secret, "", "pareidolia known devices", 32));
  return createHmac("sha256", key).update(`${name} ${email.trim().toLowerCase()}`).digest("base64url");
}

function readDevice(cookies: string | null | undefined): Device | null {
  const sent = parseCookies(cookies ?? "");
  const [, name, signatures] = form.exec(cookieNames.map((cookie) => sent.get(cookie)).find((value) => value !== undefined) ?? "") ?? [];
  return name === undefined || signatures === undefined ? null : { name, signatures: signatures.slice(1).split(".") };
}

/** The device's random name, if the account's holder has signed in with it; null for a stranger's. */
export function findKnownDevice(
  { secret }: { readonly secret: string | null },
  cookies: string | null | undefined,
  email: string,
): string | null {
  const device = readDevice(cookies);
  if (device === null || secret === null) return null;
  const expected = Buffer.from(sign(secret, device.name, email));
  return device.signatures.some((signature) => timingSafeEqual(Buffer.from(signature), expected)) ? device.name : null;
}

/** The value of the cookie once this account's holder has signed in. It keeps the browser's last five accounts. */
export function addToDevice(secret: string, cookies: string | null | undefined, email: string): string {
  const known = readDevice(cookies);
  const name = known?.name ?? randomBytes(16).toString("base64url");
  const own = sign(secret, name, email);
  const others = (known?.signatures ?? []).filter((signature) => signature !== own);
  return [name, own, ...others.slice(0, maxAccounts - 1)].join(".");
}
