/** Which server a command talks to, and with which key: `--url`, then the environment, then what `pareidolia login` stored. */
import { CliError } from "../failure.ts";
import type { Terminal } from "../terminal.ts";
import { configFolder } from "./configFolder.ts";
import { readCredentials } from "./credentials.ts";

export interface Access {
  /** Origin of the server, such as https://lab.example. */
  readonly url: string;
  /** Null for none: a visitor, or the only user of a server without accounts. */
  readonly token: string | null;
  /** Where the key is from. */
  readonly source: "environment" | "stored" | "none";
}

/** Where `npm start` serves the web application. */
const usualUrl = "http://localhost:3000";

export function readAddress(text: string): string {
  const address = text.includes("://") ? text : `https://${text}`;
  if (!URL.canParse(address)) throw new CliError("usage", `${text} is not an address. Write it like https://lab.example.`);
  const { protocol, origin } = new URL(address);
  if (protocol !== "http:" && protocol !== "https:")
    throw new CliError("usage", `${text} is not the address of a web server. Begin it with https://.`);
  return origin;
}

/** Whether the connection to the server is encrypted or stays on this computer, so that no one else on the network can read it. */
export function isConfidential(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === "https:" || /^(.+\.)?localhost$|^127(\.\d+){3}$|^\[::1\]$/.test(hostname);
}

export async function readAccess(terminal: Terminal, givenUrl: string | undefined): Promise<Access> {
  const { environment } = terminal;
  const stored = await readCredentials(configFolder(terminal));
  const url = readAddress(givenUrl ?? (environment["PAREIDOLIA_URL"] || undefined) ?? stored.current ?? usualUrl);
  const token = environment["PAREIDOLIA_TOKEN"];
  if (token !== undefined && token !== "") return { url, token, source: "environment" };
  const known = stored.servers[url]?.token ?? null;
  return { url, token: known, source: known === null ? "none" : "stored" };
}
