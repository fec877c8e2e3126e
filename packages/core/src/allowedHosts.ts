/**
 * Checks the Host header of requests against the host names of a server, to prevent DNS rebinding: a page of another site can point its
 * own host name to this machine, and would then have the same origin as our pages. The Host header still contains the other name.
 */
import { AppError } from "./appError.ts";

export interface AllowedHosts {
  /** Host names without ports, in lower case. Loopback names and IP addresses are always allowed. */
  readonly names: readonly string[];
}

/** Reads `PAREIDOLIA_HOSTS`: host names separated by commas. Ports are ignored. @throws AppError INVALID_INPUT for an invalid name. */
export function readHosts(text: string | undefined): AllowedHosts {
  const entries = (text ?? "").split(",").flatMap((entry) => (entry.trim() === "" ? [] : [entry.trim()]));
  return {
    names: entries.map((entry) => {
      const name = readHost(entry);
      if (name !== null) return name;
      throw new AppError(
        "INVALID_INPUT",
        `PAREIDOLIA_HOSTS contains "${entry.slice(0, 100)}", which is not a host name. Use names such as lab.example, separated by commas.`,
        { field: "PAREIDOLIA_HOSTS" },
      );
    }),
  };
}

/** Whether to accept a request with this Host header. Old programs send none, but every browser does. */
export function isAllowedHost(host: string | undefined, { names }: AllowedHosts): boolean {
  if (host === undefined) return true;
  const name = readHost(host);
  if (name === null) return false;
  // DNS cannot point an IP address to another machine.
  const isNumeric = name.startsWith("[") || /^\d+(\.\d+){3}$/.test(name);
  return isNumeric || name === "localhost" || name.endsWith(".localhost") || names.includes(name);
}

/** A cache, because parsing a URL takes longer than the other checks of a request, and clients use few names. */
const knownHosts = new Map<string, string | null>();
const maxKnown = 100;
const maxKnownLength = 100;

/** The host name without port, normalised as in a URL; null if the text is not a host name with or without a port. */
function readHost(host: string): string | null {
  const known = knownHosts.get(host);
  if (known !== undefined) return known;
  const name = parseHost(host);
  if (host.length <= maxKnownLength && knownHosts.size < maxKnown) knownHosts.set(host, name);
  return name;
}

function parseHost(host: string): string | null {
  if (/[\s/\\@?#]/.test(host) || !URL.canParse(`http://${host}`)) return null;
  return new URL(`http://${host}`).hostname.replace(/\.$/, "");
}

export function wrongHostMessage(host: string): string {
  return `This server does not accept the host ${host.slice(0, 100)}. To allow it, add it to PAREIDOLIA_HOSTS and restart the server.`;
}
