import { readOidc } from "@pareidolia/api/identity/oidcSettings";
import { describe, expect, it } from "vitest";

const complete = {
  PAREIDOLIA_OIDC_ISSUER: "https://accounts.lab.example/realms/lab",
  PAREIDOLIA_OIDC_CLIENT_ID: "pareidolia",
  PAREIDOLIA_OIDC_CLIENT_SECRET: "secret value",
};

describe("the settings of a provider", () => {
  it("name the issuer and how it knows this installation", () => {
    expect(readOidc(complete)).toEqual({
      issuer: new URL("https://accounts.lab.example/realms/lab"),
      clientId: "pareidolia",
      clientSecret: "secret value",
      name: "accounts.lab.example",
    });
    expect(readOidc({ ...complete, PAREIDOLIA_OIDC_NAME: "Lab accounts" })?.name).toBe("Lab accounts");
  });

  it("may be left out, all of them", () => {
    expect(readOidc({})).toBeNull();
    expect(readOidc({ PAREIDOLIA_OIDC_ISSUER: " ", PAREIDOLIA_OIDC_CLIENT_ID: "" })).toBeNull();
  });

  it.each([
    [{ ...complete, PAREIDOLIA_OIDC_CLIENT_SECRET: "" }, "PAREIDOLIA_OIDC_CLIENT_SECRET is not set."],
    [{ PAREIDOLIA_OIDC_CLIENT_ID: "pareidolia" }, "PAREIDOLIA_OIDC_ISSUER is not set."],
    [{ PAREIDOLIA_OIDC_NAME: "Lab" }, "PAREIDOLIA_OIDC_ISSUER is not set"],
    [{ ...complete, PAREIDOLIA_OIDC_ISSUER: "accounts.lab.example" }, "PAREIDOLIA_OIDC_ISSUER is not the address of a provider."],
    [{ ...complete, PAREIDOLIA_OIDC_ISSUER: "http://accounts.lab.example" }, "PAREIDOLIA_OIDC_ISSUER must begin with https://"],
    [{ ...complete, PAREIDOLIA_OIDC_NAME: "x".repeat(61) }, "PAREIDOLIA_OIDC_NAME is longer than 60 characters."],
  ])("%j are refused with an explanation", (environment, message) => {
    expect(() => readOidc(environment)).toThrow(
      expect.objectContaining({ code: "INVALID_INPUT", message: expect.stringContaining(message) }),
    );
    expect(() => readOidc(environment)).toThrow(expect.objectContaining({ message: expect.not.stringContaining("secret value") }));
  });
});
