/**
 * Reads the settings of the mail server: PAREIDOLIA_SMTP_URL and PAREIDOLIA_EMAIL_FROM. Both or neither must be set. A connection is
 * encrypted, since the e-mails contain links that give access to accounts; a server on this machine, or `?tls=off`, is exempt.
 */
import { AppError } from "./appError.ts";

export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** `immediate`: TLS from the first byte; `required`: STARTTLS or no e-mail. */
  readonly encryption: "immediate" | "required" | "none";
  readonly credentials: { readonly user: string; readonly password: string } | null;
  readonly from: { readonly name: string; readonly address: string };
}

export interface MailServerSettings {
  readonly url: string | undefined;
  /** `address` or `Name <address>`. */
  readonly from: string | undefined;
}

const ports = { "smtp:": 587, "smtps:": 465 } as const;
const isLoopback = (host: string): boolean => host === "localhost" || host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host);

function fail(field: string, message: string): never {
  throw new AppError("INVALID_INPUT", `${field} ${message}`, { field });
}

function readSender(text: string): MailServer["from"] {
  const [, name = "", address = ""] = /^\s*([^<>]*?)\s*<([^<>]*)>\s*$/.exec(text) ?? [];
  const sender = address === "" ? { name: "Pareidolia", address: text.trim() } : { name: name.replaceAll('"', ""), address };
  // Only printable characters, so that no setting adds a header.
  if (!/^[^\s@<>,;:"()]+@[^\s@<>,;:"()]+$/.test(sender.address) || /[^\x20-\uffff]/.test(sender.name))
    fail(
      "PAREIDOLIA_EMAIL_FROM",
      "is not an e-mail address. Use a form such as pareidolia@lab.example or Pareidolia <pareidolia@lab.example>.",
    );
  return sender;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return fail("PAREIDOLIA_SMTP_URL", "has a user or password that is not URL-encoded. Write % as %25, @ as %40 and / as %2F.");
  }
}

/** Null without a mail server. The messages never repeat the URL, which contains a password. @throws AppError INVALID_INPUT. */
export function readMailServer({ url: urlText, from }: MailServerSettings): MailServer | null {
  const isSet = (text: string | undefined): text is string => text !== undefined && text.trim() !== "";
  if (!isSet(urlText)) {
    if (isSet(from)) fail("PAREIDOLIA_SMTP_URL", "is not set, but PAREIDOLIA_EMAIL_FROM is. Set both to send e-mails, or neither.");
    return null;
  }
  if (!isSet(from)) fail("PAREIDOLIA_EMAIL_FROM", "is not set, but PAREIDOLIA_SMTP_URL is. Set it to the sender's e-mail address.");
  const url = URL.canParse(urlText.trim()) ? new URL(urlText.trim()) : null;
  if (url === null || (url.protocol !== "smtp:" && url.protocol !== "smtps:") || url.hostname === "")
    return fail(
      "PAREIDOLIA_SMTP_URL",
      "is not the URL of a mail server. The format is smtp://user:password@host:587 or smtps://user:password@host:465.",
    );
  const tls = url.searchParams.get("tls");
  const isPlain = isLoopback(url.hostname) || tls === "off";
  if ([...url.searchParams.keys()].some((key) => key !== "tls") || (tls !== null && tls !== "off"))
    fail("PAREIDOLIA_SMTP_URL", "has an unknown option. The only one is tls=off, for a server of your own network without encryption.");
  if (url.protocol === "smtps:" && tls === "off")
    fail("PAREIDOLIA_SMTP_URL", "contradicts itself: smtps is encrypted, and tls=off is not.");
  if ((url.username === "") !== (url.password === "")) fail("PAREIDOLIA_SMTP_URL", "needs both a user and a password, or neither.");
  return {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: url.port === "" ? ports[url.protocol] : Number(url.port),
    encryption: url.protocol === "smtps:" ? "immediate" : isPlain ? "none" : "required",
    credentials: url.username === "" ? null : { user: decode(url.username), password: decode(url.password) },
    from: readSender(from),
  };
}
