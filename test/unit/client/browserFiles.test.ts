/** The SHA-256 of browsers, against Node's. */
import { createHash, randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { files } from "../../../packages/client/src/files/browserFiles.ts";

it("hashes bytes of any length, in any parts, as Node does", () => {
  for (const length of [0, 1, 55, 56, 57, 63, 64, 65, 119, 120, 127, 128, 1_000, 100_003]) {
    const bytes = randomBytes(length);
    const whole = files.createSha256();
    whole.update(bytes);
    const parts = files.createSha256();
    for (let from = 0, size = 1; from < length; from += size, size = (size * 7) % 97 || 1) parts.update(bytes.subarray(from, from + size));
    const expected = createHash("sha256").update(bytes).digest("hex");
    expect([length, whole.digest(), parts.digest()]).toEqual([length, expected, expected]);
  }
});

it("says what pages pass instead of paths", async () => {
  await expect(files.openFile("a")).rejects.toThrow("Pass a WritableStream");
  await expect(files.openPartialFile("a")).rejects.toThrow("Pass a WritableStream");
});
