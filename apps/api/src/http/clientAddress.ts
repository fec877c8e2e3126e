/**
 * The network address of a client. The web application, or another proxy in front, reports it in X-Forwarded-For, which is believed only
 * from the same machine or the same private network.
 */
import type { IncomingMessage } from "node:http";
import proxyAddress from "proxy-addr";

/** Whether the sender at an address may report another client's address. */
export const trustsProxy = proxyAddress.compile(["loopback", "uniquelocal"]);

/** Undefined if the connection has ended. */
export function clientAddressOf(request: IncomingMessage): string | undefined {
  return request.socket.remoteAddress === undefined ? undefined : proxyAddress(request, trustsProxy);
}
