/** Explains why a request to an S3 server failed and what to do. */
import { AppError } from "@pareidolia/core/appError";
import { findClockSkew } from "./clockSkew.ts";
import { storeOutage } from "./storeOutage.ts";

export interface S3Place {
  readonly endpoint: string;
  readonly bucket: string;
}

const wrongKeys = new Set(["InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken"]);
const forbidden = new Set(["AccessDenied", "Forbidden", "AllAccessDisabled"]);
const taken = new Set(["BucketAlreadyExists"]);
const unknownHost = new Set(["ENOTFOUND", "EAI_AGAIN"]);
const refused = new Set(["ECONNREFUSED", "ECONNRESET"]);
const late = new Set(["ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH", "TimeoutError"]);
const full = new Set(["QuotaExceeded", "XMinioStorageFull", "InsufficientCapacity"]);
/** The client reports a transient status only in its message. */
const statusInMessage = /HTTP status: (\d{3})/;

const skewed = "RequestTimeTooSkewed";
const setClocks = "S3 rejects requests whose time is off by more than 15 minutes. Set both clocks correctly, preferably with NTP.";

export function codeOf(error: unknown): string {
  for (let cause = error, depth = 0; cause instanceof Object && depth < 4; depth++) {
    const { code, name, message, errors } = cause as { code?: unknown; name?: unknown; message?: unknown; errors?: readonly unknown[] };
    if (typeof code === "string" && code !== "") return code;
    if (name === "TimeoutError" || name === "InvalidBucketNameError") return name;
    const status = typeof message === "string" ? statusInMessage.exec(message)?.[1] : undefined;
    if (status !== undefined) return `HTTP ${status}`;
    cause = (cause as { cause?: unknown }).cause ?? errors?.[0];
  }
  return "unknown error";
}

function sentence(code: string, { endpoint, bucket }: S3Place): string {
  if (wrongKeys.has(code)) return `The S3 server at ${endpoint} rejects these keys. Correct S3_ACCESS_KEY and S3_SECRET_KEY.`;
  if (forbidden.has(code))
    return `The S3 server at ${endpoint} denies these keys access to the bucket "${bucket}". Correct S3_ACCESS_KEY and S3_SECRET_KEY, grant them access, or name another bucket in S3_BUCKET.`;
  if (code === "NoSuchBucket") return `The bucket "${bucket}" no longer exists at ${endpoint}. Restore it, or name another in S3_BUCKET.`;
  if (taken.has(code)) return `The bucket "${bucket}" belongs to another account at ${endpoint}. Name another in S3_BUCKET.`;
  if (code === "InvalidBucketNameError" || code === "InvalidBucketName")
    return `"${bucket}" is not a valid bucket name: S3_BUCKET must have 3 to 63 lower-case letters, digits, dots and hyphens.`;
  if (unknownHost.has(code)) return `The host of ${endpoint} is unknown. Correct S3_ENDPOINT, or check this machine's network.`;
  if (refused.has(code)) return `No S3 server answers at ${endpoint}. Start it, or correct S3_ENDPOINT.`;
  if (late.has(code)) return `The S3 server at ${endpoint} does not answer in time. Check the server, the network and S3_ENDPOINT.`;
  if (code === skewed) return `The clocks of this machine and of the S3 server at ${endpoint} differ. ${setClocks}`;
  if (full.has(code)) return `The S3 server at ${endpoint} is full. Free some space there.`;
  return `The S3 server at ${endpoint} failed (${code}). Check the server and the S3 settings.`;
}

function s3Failure(place: S3Place, cause: unknown): AppError {
  return cause instanceof AppError ? cause : storeOutage(sentence(codeOf(cause), place), cause);
}

/** Explains a failure. If the server rejects the keys, first checks whether the clock is the cause. */
export async function explainRefusal(place: S3Place, cause: unknown): Promise<AppError> {
  const code = codeOf(cause);
  const minutes = wrongKeys.has(code) || forbidden.has(code) ? await findClockSkew(place.endpoint) : null;
  if (minutes === null) return s3Failure(place, cause);
  const direction = minutes > 0 ? "ahead of" : "behind";
  const message = `This machine's clock is ${Math.abs(minutes)} minutes ${direction} the S3 server's (${place.endpoint}). ${setClocks}`;
  return storeOutage(message, cause);
}
