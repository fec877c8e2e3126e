/** The session's secret and the withdrawal code: kept on the device, carried to another one by a fragment, typed by hand. */
import { describe, expect, it } from "vitest";
import {
  continueAddress,
  noSecrets,
  readSecrets,
  readWithdrawalCode,
  removeSecrets,
  secretsInFragment,
  writeSecrets,
} from "../../../../apps/web/src/features/voting/sessionSecrets.ts";

/** 256 bits in base64url, as the API makes them. */
const session = "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA";
const secrets = { session, withdrawalCode: "7KQ4 M2XP" };

function storageOf() {
  const values = new Map<string, string>();
  return {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key),
  };
}

describe("secrets", () => {
  it("are kept for each study alone", () => {
    const storage = storageOf();
    writeSecrets(storage, "one", secrets);
    expect(readSecrets(storage, "one")).toEqual(secrets);
    expect(readSecrets(storage, "two")).toEqual(noSecrets);
    removeSecrets(storage, "one");
    expect(readSecrets(storage, "one")).toEqual(noSecrets);
  });

  it("are missing where the browser forbids storage or holds another text", () => {
    expect(readSecrets(null, "one")).toEqual(noSecrets);
    const storage = storageOf();
    writeSecrets(storage, "one", secrets);
    storage.setItem("pareidolia.voting.one", "{");
    expect(readSecrets(storage, "one")).toEqual(noSecrets);
  });

  it("reach another device in the fragment of an address", () => {
    const address = new URL(continueAddress("https://lab.example/vote/abc#old", secrets));
    expect(address.pathname).toBe("/vote/abc");
    expect(address.search).toBe("");
    expect(secretsInFragment(address.hash)).toEqual(secrets);
  });

  it("are not read from other fragments", () => {
    expect(secretsInFragment("")).toBeNull();
    expect(secretsInFragment("#results")).toBeNull();
    expect(secretsInFragment("#session=<script>")).toBeNull();
  });
});

describe("a typed withdrawal code", () => {
  it.each(["7kq4m2xp", " 7KQ4-M2XP ", "7KQ4 M2XP"])("is read from %j", (typed) => {
    expect(readWithdrawalCode(typed)).toBe("7KQ4 M2XP");
  });

  it("may have letters that look like digits, as Crockford's base 32 allows", () => {
    expect(readWithdrawalCode("oil0 OIL1")).toBe("0110 0111");
  });

  it.each(["", "7KQ4 M2X", "7KQ4 M2XPP", "7KQ4 M2XU"])("is refused: %j", (typed) => {
    expect(readWithdrawalCode(typed)).toBeNull();
  });
});
