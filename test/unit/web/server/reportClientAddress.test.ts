import { describe, expect, it } from "vitest";
import { findClientAddress, readProxies } from "../../../../apps/web/src/server/reportClientAddress.ts";

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

it.each(["10.0.0.0/33", "lab.example", "10.0.0.1/x", "::1/129"])("PAREIDOLIA_PROXIES may not contain %s", (entry) => {
  expect(() => readProxies(entry)).toThrow(`PAREIDOLIA_PROXIES contains "${entry}"`);
});
