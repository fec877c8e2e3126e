/**
 * Setup of the integration tests: hashes each password and salt only once per process. A hash takes 100 ms of processor time, and nearly
 * every sign-in of these tests checks the same password against the same hash.
 */
import type { ScryptOptions } from "node:crypto";
import { createRequire, syncBuiltinESMExports } from "node:module";

type Done = (error: Error | null, key: Buffer) => void;
type Scrypt = (password: string, salt: string, length: number, options: ScryptOptions, done: Done) => void;
interface Hashing {
  scrypt: Scrypt & { readonly [shared]?: true };
}

const shared = Symbol.for("pareidolia.sharedHashes");
const crypto = createRequire(import.meta.url)("node:crypto") as Hashing;

// Each test file runs this module.
if (crypto.scrypt[shared] !== true) {
  const { scrypt } = crypto;
  // A test may replace the timers.
  const later = setImmediate;
  const keys = new Map<string, Buffer>();
  const once: Scrypt = (password, salt, length, options, done) => {
    const name = JSON.stringify([password, salt, length, options]);
    const known = keys.get(name);
    if (known !== undefined) {
      later(done, null, Buffer.from(known));
      return;
    }
    scrypt(password, salt, length, options, (error, key) => {
      if (error === null) keys.set(name, Buffer.from(key));
      done(error, key);
    });
  };
  crypto.scrypt = Object.assign(once, { [shared]: true as const });
  // Also updates the module's named exports.
  syncBuiltinESMExports();
}
