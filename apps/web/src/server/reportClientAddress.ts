/**
 * Reports each client's network address to the API in X-Forwarded-For. A header that the client sent itself would otherwise reach the API,
 * which could then neither limit attempts by address nor record in the audit log where a change came from. Only a reverse proxy of ours
 * may report another client's address: by default one on this machine, or those of PAREIDOLIA_PROXIES.
 */
import { subscribe } from "node:diagnostics_channel";
import { existsSync, readFileSync } from "node:fs";
import { type IncomingMessage, Server } from "node:http";
import { BlockList, isIP } from "node:net";

const header = "x-forwarded-for";

const named: Readonly<Record<string, readonly string[]>> = {
  loopback: ["127.0.0.0/8", "::1/128"],
  private: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"],
};

const routesFile = "/proc/net/route";

/** The gateway of a table of routes: columns separated by tabs, addresses as eight hexadecimal digits with the last byte first. */
export function readGateway(routes: string): readonly string[] {
  const rows = routes.split("\n").map((line) => line.split("\t"));
  const gateway = rows.find(([, destination, via]) => destination === "00000000" && via !== undefined && via !== "00000000")?.[2];
  return gateway === undefined ? [] : [Buffer.from(gateway, "hex").reverse().join(".")];
}

/** Of a container: the machine on which it runs, through whose published port requests arrive. */
const findGateway = (): readonly string[] => (existsSync(routesFile) ? readGateway(readFileSync(routesFile, "utf8")) : []);

/**
 * Reads PAREIDOLIA_PROXIES: addresses and subnets separated by commas, `loopback`, `gateway` or `private`.
 * @throws Error for anything else, when the server starts.
 */
export function readProxies(text = "loopback", gateway = findGateway): BlockList {
  const proxies = new BlockList();
  const entries = text.split(",").map((each) => each.trim());
  for (const entry of entries.flatMap((each) => (each === "gateway" ? gateway() : (named[each] ?? [each])))) {
    if (entry === "") continue;
    const [address = "", bits] = entry.split("/");
    const version = isIP(address);
    const length = bits === undefined ? (version === 6 ? 128 : 32) : Number(bits);
    if (version === 0 || !Number.isInteger(length) || length < 0 || length > (version === 6 ? 128 : 32))
      throw new Error(`PAREIDOLIA_PROXIES contains "${entry}". Use addresses, subnets such as 10.0.0.0/8, loopback, gateway or private.`);
    proxies.addSubnet(address, length, version === 6 ? "ipv6" : "ipv4");
  }
  return proxies;
}

function plain(address: string): string {
  return address.startsWith("::ffff:") ? address.slice(7) : address;
}

/** The last address of the chain that is not one of our proxies; the first one if all are. */
export function findClientAddress(peer: string, forwarded: string | undefined, proxies: BlockList): string {
  const chain = [...(forwarded ?? "").split(","), peer].map((each) => plain(each.trim())).filter((each) => isIP(each) !== 0);
  const isProxy = (address: string) => proxies.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
  return chain.findLast((address) => !isProxy(address)) ?? chain[0] ?? peer;
}

export function reportClientAddresses(): void {
  const proxies = readProxies(process.env["PAREIDOLIA_PROXIES"] || undefined);
  const report = (request: IncomingMessage) => {
    const forwarded = request.headers[header];
    const peer = request.socket.remoteAddress;
    if (peer === undefined) delete request.headers[header];
    else request.headers[header] = findClientAddress(peer, typeof forwarded === "string" ? forwarded : forwarded?.join(), proxies);
  };
  subscribe("http.server.request.start", (message) => report((message as { readonly request: IncomingMessage }).request));
  // Node announces requests on that channel, but not those that open a WebSocket.
  const emit = Server.prototype.emit;
  Server.prototype.emit = function reportAndEmit(this: Server, event: string | symbol, ...args: unknown[]): boolean {
    if (event === "upgrade") report(args[0] as IncomingMessage);
    return Reflect.apply(emit, this, [event, ...args]);
  } as typeof emit;
}
