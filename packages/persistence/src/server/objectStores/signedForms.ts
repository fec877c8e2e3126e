/**
 * Forms with which files are sent to the API, for stores that browsers cannot reach. Like S3's POST policies (Amazon S3, "Authenticating
 * requests in browser-based uploads using POST"), a form contains its terms and their signature, so the server keeps no state: the form
 * permits one file of the stated size under the stated key until it expires.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { AppError } from "@pareidolia/core/appError";
import { type FormTerms, postedKey, type UploadForm } from "./postedFiles.ts";

/** The route of the API that receives the forms. */
export const formPath = "/uploads";

const names = ["key", "policy", "signature"] as const;

function refused(message: string): AppError {
  return new AppError("FORBIDDEN", message);
}

function signatureOf(policy: string, secret: Uint8Array): Buffer {
  return createHmac("sha256", secret).update(`pareidolia upload form ${policy}`).digest();
}

export function signForm(terms: FormTerms, secret: Uint8Array): UploadForm {
  const { id, byteLength, expiresAt } = terms;
  const policy = Buffer.from(JSON.stringify([id, byteLength, expiresAt.getTime()])).toString("base64url");
  return { url: formPath, fields: { key: postedKey(id), policy, signature: signatureOf(policy, secret).toString("hex") } };
}

/** @throws AppError FORBIDDEN when a field is changed, missing or added, or the form has expired. */
export function verifyForm(fields: ReadonlyMap<string, string>, secret: Uint8Array): FormTerms {
  const [key, policy, signature] = names.map((name) => fields.get(name) ?? "") as [string, string, string];
  const given = Buffer.from(signature, "hex");
  const expected = signatureOf(policy, secret);
  const isOurs = fields.size === names.length && given.length === expected.length && timingSafeEqual(given, expected);
  if (!isOurs) throw refused("This form was not issued here, or its fields were changed. Request the upload again.");
  const [id, byteLength, expires] = JSON.parse(Buffer.from(policy, "base64url").toString("utf8")) as [string, number, number];
  if (key !== postedKey(id)) throw refused("This form is for another upload. Send its fields unchanged.");
  if (Date.now() >= expires) throw refused("This form has expired. Request the upload again.");
  return { id, byteLength, expiresAt: new Date(expires) };
}
