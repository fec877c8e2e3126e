import { isAllowedHost, readHosts, wrongHostMessage } from "@pareidolia/core/allowedHosts";
import { describe, expect, it } from "vitest";

const hosts = readHosts(" Pareidolia.example.org, lab:3000 ,Bücher.example,dotted.example.");

describe("a server", () => {
  it.each([
    "localhost",
    "localhost:3000",
    "LOCALHOST:3000",
    "pareidolia.localhost:3000",
    "127.0.0.1:4000",
    "192.168.1.5:3000",
    "[::1]:3000",
    "pareidolia.example.org",
    "PAREIDOLIA.example.org:8443",
    "pareidolia.example.org.:8443",
    "lab:3000",
    "lab",
    "xn--bcher-kva.example",
    "dotted.example",
  ])("answers to %s", (host) => {
    expect(isAllowedHost(host, hosts)).toBe(true);
  });

  it.each([
    "evil.example:3000",
    "localhost.evil.example",
    "pareidolia.example.org.evil.example",
    "127.0.0.1.evil.example",
    "notlocalhost",
    "",
    "user@localhost",
    "localhost/evil.example",
    "evil.example#localhost",
    "localhost\\evil",
    "[::1",
    "localhost:99999",
  ])("does not answer to %j", (host) => {
    expect(isAllowedHost(host, hosts)).toBe(false);
  });

  it("answers a request without a host", () => {
    expect(isAllowedHost(undefined, hosts)).toBe(true);
  });

  it("answers only to loopback and numeric addresses without the setting", () => {
    expect(isAllowedHost("lab", readHosts(undefined))).toBe(false);
    expect(isAllowedHost("localhost", readHosts(""))).toBe(true);
  });

  it.each(["http://lab", "lab/path", "a b", "me@lab", "lab:port", "[::1"])("refuses the setting %j with a message", (text) => {
    expect(() => readHosts(`localhost,${text}`)).toThrow(expect.objectContaining({ code: "INVALID_INPUT", field: "PAREIDOLIA_HOSTS" }));
  });

  it("names the setting that would allow a host, and truncates a long host name", () => {
    expect(wrongHostMessage("x".repeat(5000)).length).toBeLessThan(250);
    expect(wrongHostMessage("lab.example")).toContain("PAREIDOLIA_HOSTS");
  });
});
