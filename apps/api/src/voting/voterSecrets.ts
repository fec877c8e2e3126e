/**
 * The secrets of a voter: the session that the browser holds, and the code to withdraw, which a person can write down. Both are stored as
 * SHA-256. With an idempotency key, both follow from it, so that a repeated request gets the same answer though nothing is stored in plain
 * text; the key is then as secret as the session.
 */
import { createHash, createHmac, randomBytes } from "node:crypto";

export interface VoterSecrets {
  /** 256 bits in base64url. */
  readonly session: string;
  /** Codes to choose from, in case one is taken. */
  readonly codes: readonly string[];
}

/** Crockford's base 32: no I, L, O and U. */
const digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const formOfCode = new RegExp(`^[${digits}]{8}$`);
const bytesOfCode = 5;
const offeredCodes = 4;

export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

/** 40 bits as eight digits, without a space. */
function codeFrom(bytes: Uint8Array): string {
  let bits = [...bytes.subarray(0, bytesOfCode)].reduce((all, byte) => (all << 8n) | BigInt(byte), 0n);
  let code = "";
  for (let place = 0; place < 8; place++) {
    code = `${digits[Number(bits & 31n)]}${code}`;
    bits >>= 5n;
  }
  return code;
}

/** As a person reads it: "7KQ4 M2XP". */
export function showCode(code: string): string {
  return `${code.slice(0, 4)} ${code.slice(4)}`;
}

/** A code as a person typed it; null if it cannot be one. */
export function readCode(text: string): string | null {
  const code = text.toUpperCase().replace(/[\s-]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
  return formOfCode.test(code) ? code : null;
}

const formOfSession = /^[A-Za-z0-9_-]{43}$/;

export function isSession(text: string): boolean {
  return formOfSession.test(text);
}

/** New secrets; the same ones again for the same key, study and user. */
export function createSecrets(address: {
  readonly idempotencyKey: string | null;
  readonly studyId: string;
  readonly userId: string | null;
}): VoterSecrets {
  const { idempotencyKey, studyId, userId } = address;
  const bytesFor = (use: string): Uint8Array =>
    idempotencyKey === null
      ? randomBytes(32)
      : createHmac("sha256", idempotencyKey)
          .update(JSON.stringify([use, studyId, userId]))
          .digest();
  return {
    session: Buffer.from(bytesFor("session")).toString("base64url"),
    codes: Array.from({ length: offeredCodes }, (_, index) => codeFrom(bytesFor(`code ${index}`))),
  };
}
