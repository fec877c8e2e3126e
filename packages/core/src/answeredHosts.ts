/**
 * The names under which a server of ours answers. A page of another site can let its own name point to this machine (DNS rebinding)
 * and would then be of one origin with us; but the browser still says that name in the Host header.
 */

export interface AnsweredHosts {
  /** Host names without ports, in lower case, beside those of loopback and addresses in numbers. */
  readonly names: readonly string[];
}

/** Reads `PAREIDOLIA_HOSTS`: names with commas between. */
export function readHosts(text: string | undefined): AnsweredHosts {
  const names = (text ?? "").split(",").map((name) => name.trim().toLowerCase());
  return { names: names.filter((name) => name !== "") };
}

/** Whether a request with this Host header is meant for us. Programs of old send none; every browser does. */
export function answersTo(host: string | undefined, { names }: AnsweredHosts): boolean {
  if (host === undefined) return true;
  if (!/^[\w.:[\]-]+$/.test(host) || !URL.canParse(`http://${host}`)) return false;
  const name = new URL(`http://${host}`).hostname.replace(/\.$/, "");
  // No name points to another machine than an address in numbers says.
  const isNumeric = name.startsWith("[") || /^\d+(\.\d+){3}$/.test(name);
  return isNumeric || name === "localhost" || name.endsWith(".localhost") || names.includes(name);
}

export function wrongHostWords(host: string): string {
  return `This server does not answer at ${host.slice(0, 100)}. If it should, name that host in PAREIDOLIA_HOSTS and start it again.`;
}
