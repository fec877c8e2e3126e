/** Sessions and codes of voters. */
import { createSecrets, isSession, readCode, showCode } from "@pareidolia/api/voting/voterSecrets";
import { describe, expect, it } from "vitest";

const address = { idempotencyKey: null, studyId: "study", userId: null };

describe("the secrets of a voter", () => {
  it("are new for each voter, and the same for the same key, study and user", () => {
    const all = [address, address, { ...address, idempotencyKey: "key" }, { ...address, idempotencyKey: "other" }].map(createSecrets);
    const more = [
      { ...address, idempotencyKey: "key", studyId: "other" },
      { ...address, idempotencyKey: "key", userId: "user" },
    ].map(createSecrets);
    expect(new Set([...all, ...more].map(({ session }) => session)).size).toBe(6);
    expect(new Set([...all, ...more].flatMap(({ codes }) => codes)).size).toBe(24);
    expect(createSecrets({ ...address, idempotencyKey: "key" })).toEqual(all[2]);
    for (const { session } of all) expect(isSession(session)).toBe(true);
  });

  it("have codes that are read whatever their case, spaces and mistaken letters", () => {
    for (const code of createSecrets(address).codes) {
      expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
      expect(readCode(showCode(code))).toBe(code);
    }
    // Crockford: O is read as 0, I and L as 1; U is no digit.
    expect(readCode(" 7kq4-m2xo ")).toBe("7KQ4M2X0");
    expect(readCode("ilIL 0000")).toBe("11110000");
    for (const text of ["", "7KQ4 M2X", "7KQ4 M2XPP", "7KQ4 M2XU", "7KQ4 M2X!"]) expect(readCode(text)).toBeNull();
  });
});
