import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { findClientAddress, readGateway, readProxies } from "../../../../apps/web/src/server/reportClientAddress.ts";

const loopback = readProxies();

describe("the address of a client", () => {
  it("is the one of its connection, whatever it claims", () => {
    expect(findClientAddress("203.0.113.9", "198.51.100.1", loopback)).toBe("203.0.113.9");
    expect(findClientAddress("192.168.0.20", "198.51.100.1, 127.0.0.1", loopback)).toBe("192.168.0.20");
    expect(findClientAddress("::ffff:203.0.113.9", undefined, loopback)).toBe("203.0.113.9");
  });

  it("comes from a reverse proxy on the same machine, which appends it to what the client claims", () => {
    expect(findClientAddress("127.0.0.1", "198.51.100.1, 203.0.113.9", loopback)).toBe("203.0.113.9");
    expect(findClientAddress("::1", "2001:db8::7", loopback)).toBe("2001:db8::7");
    expect(findClientAddress("127.0.0.1", "nonsense", loopback)).toBe("127.0.0.1");
  });

  it("comes from any of the named proxies", () => {
    const proxies = readProxies("loopback, 10.1.0.0/16,198.51.100.7");
    expect(findClientAddress("10.1.2.3", "203.0.113.9, 198.51.100.7", proxies)).toBe("203.0.113.9");
    expect(findClientAddress("10.2.2.3", "203.0.113.9", proxies)).toBe("10.2.2.3");
    expect(findClientAddress("172.18.0.1", "203.0.113.9", readProxies("private"))).toBe("203.0.113.9");
  });
});

const routes = `Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
eth0\t00000000\t010012AC\t0003\t0\t0\t0\t00000000\t0\t0\t0
eth0\t000012AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0
`;

describe("Docker Compose", () => {
  it("finds the gateway of its bridge", () => {
    expect(readGateway(routes)).toEqual(["172.18.0.1"]);
    expect(readGateway("")).toEqual([]);
  });

  it("by default believes the reverse proxy on its machine, and no address that a client in the same network claims", () => {
    const compose = readFileSync(path.resolve(import.meta.dirname, "../../../../docker/compose.yaml"), "utf8");
    const [, usual] = /PAREIDOLIA_PROXIES: \$\{PAREIDOLIA_PROXIES:-(.*)\}/.exec(compose) ?? [];
    const proxies = readProxies(usual, () => readGateway(routes));
    expect(findClientAddress("172.18.0.1", "203.0.113.9", proxies)).toBe("203.0.113.9");
    expect(findClientAddress("172.18.0.1", "198.51.100.1, 192.168.0.20", proxies)).toBe("192.168.0.20");
    expect(findClientAddress("172.18.0.9", "198.51.100.1", proxies)).toBe("172.18.0.9");
  });
});

it.each(["10.0.0.0/33", "lab.example", "10.0.0.1/x", "::1/129"])("PAREIDOLIA_PROXIES may not contain %s", (entry) => {
  expect(() => readProxies(entry)).toThrow(`PAREIDOLIA_PROXIES contains "${entry}"`);
});
