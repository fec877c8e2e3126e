/**
 * The names under which a server of ours answers. A page of another site can let its own name point to this machine (DNS rebinding)
 * and would then be of one origin with us; but the browser still says that name in the Host header.
 */
import { AppError } from "./appError.ts";

export interface AnsweredHosts {
  /** Host names without ports, in lower case, beside those of loopback and addresses in numbers. */
  readonly names: readonly string[];
}

/** Reads `PAREIDOLIA_HOSTS`: names with commas between; a port is left out. @throws AppError INVALID_INPUT for what is no name. */
export function readHosts(text: string | undefined): AnsweredHosts {
  const asked = (text ?? "").split(",").flatMap((name) => (name.trim() === "" ? [] : [name.trim()]));
  return {
    names: asked.map((name) => {
      const read = readHost(name);
      if (read !== null) return read;
      throw new AppError(
        "INVALID_INPUT",
        `PAREIDOLIA_HOSTS holds "${name.slice(0, 100)}", which is no host name. Give names such as lab.example, with commas between.`,
        { field: "PAREIDOLIA_HOSTS" },
      );
    }),
  };
}

/** Whether a request with this Host header is meant for us. Programs of old send none; every browser does. */
export function answersTo(host: string | undefined, { names }: AnsweredHosts): boolean {
  if (host === undefined) return true;
  const name = readHost(host);
  if (name === null) return false;
  // No name points to another machine than an address in numbers says.
  const isNumeric = name.startsWith("[") || /^\d+(\.\d+){3}$/.test(name);
  return isNumeric || name === "localhost" || name.endsWith(".localhost") || names.includes(name);
}

/** The name alone, as a URL has it; null for what is neither a name nor a name and a port. */
function readHost(host: string): string | null {
  if (/[\s/\\@?#]/.test(host) || !URL.canParse(`http://${host}`)) return null;
  return new URL(`http://${host}`).hostname.replace(/\.$/, "");
}

export function wrongHostWords(host: string): string {
  return `This server does not answer at ${host.slice(0, 100)}. If it should, name that host in PAREIDOLIA_HOSTS and start it again.`;
}
