/**
 * Reads the settings of an OpenID Connect provider: PAREIDOLIA_OIDC_ISSUER, PAREIDOLIA_OIDC_CLIENT_ID, PAREIDOLIA_OIDC_CLIENT_SECRET and
 * PAREIDOLIA_OIDC_NAME. All but the name are needed, or none.
 */
import { AppError } from "@pareidolia/core/appError";

export interface OidcSettings {
  /** Serves /.well-known/openid-configuration below it. */
  readonly issuer: URL;
  readonly clientId: string;
  readonly clientSecret: string;
  /** On the button of the sign-in page. */
  readonly name: string;
}

const maxNameLength = 60;
const prefix = "PAREIDOLIA_OIDC_";
const isLoopback = (host: string): boolean => host === "localhost" || host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host);

function fail(name: string, message: string): never {
  throw new AppError("INVALID_INPUT", `${prefix}${name} ${message}`, { field: `${prefix}${name}` });
}

function readIssuer(text: string): URL {
  const issuer = URL.canParse(text) ? new URL(text) : null;
  if (issuer === null || issuer.search !== "" || issuer.hash !== "" || issuer.username !== "")
    return fail("ISSUER", "is not the address of a provider. Use one such as https://accounts.lab.example/realms/lab.");
  if (issuer.protocol !== "https:" && !(issuer.protocol === "http:" && isLoopback(issuer.hostname)))
    return fail("ISSUER", "must begin with https://, since a forged answer could sign in as any user.");
  return issuer;
}

/** Null without a provider. @throws AppError INVALID_INPUT naming the variable. */
export function readOidc(environment: Readonly<Record<string, string | undefined>>): OidcSettings | null {
  const read = (name: string): string => environment[prefix + name]?.trim() ?? "";
  const required = ["ISSUER", "CLIENT_ID", "CLIENT_SECRET"];
  const missing = required.find((name) => read(name) === "");
  if (required.every((name) => read(name) === "")) {
    if (read("NAME") !== "") fail("ISSUER", "is not set, but PAREIDOLIA_OIDC_NAME is.");
    return null;
  }
  if (missing !== undefined) fail(missing, `is not set. A provider needs ${required.map((name) => prefix + name).join(", ")}.`);
  const issuer = readIssuer(read("ISSUER"));
  const name = read("NAME") === "" ? issuer.hostname : read("NAME");
  if (name.length > maxNameLength) fail("NAME", `is longer than ${maxNameLength} characters.`);
  return { issuer, clientId: read("CLIENT_ID"), clientSecret: read("CLIENT_SECRET"), name };
}
