/**
 * Limits of voters without an account, per client address, and of attempts to guess a code. One statement counts and decides
 * (`limitAttempts`), so parallel requests cannot exceed a limit.
 */
import { createHmac } from "node:crypto";
import { isIPv4, isIPv6 } from "node:net";
import { AppError } from "@pareidolia/core/appError";
import type { Database } from "@pareidolia/persistence/database/database";
import { type AttemptLimits, limitAttempts } from "../identity/limitAttempts.ts";

const perHour = (perClient: number): AttemptLimits => ({ windowSeconds: 3_600, perAccount: perClient, perClient });

const limited = {
  "study-join": { limits: perHour(5), message: "Too many people have joined a study from this network." },
  "study-vote": { limits: perHour(600), message: "Too many votes came from this network." },
  "study-withdrawal": { limits: perHour(30), message: "Too many codes were tried from this network." },
} as const;

/** A home or a phone has a whole IPv6 network of 2^64 addresses, and may use each of them. */
function networkOf(address: string): string {
  const mapped = address.replace(/^::ffff:/i, "");
  if (isIPv4(mapped)) return mapped;
  const [plain = ""] = address.split("%");
  if (!isIPv6(plain)) return address;
  const [head = "", tail] = plain.split("::");
  const groups = (part: string): string[] => (part === "" ? [] : part.split(":"));
  const [before, after] = [groups(head), groups(tail ?? "")];
  const all = tail === undefined ? before : [...before, ...Array<string>(8 - before.length - after.length).fill("0"), ...after];
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":")}::/64`;
}

/** @throws AppError RATE_LIMITED naming the time to wait. */
export async function limitVoter(
  database: Database,
  action: keyof typeof limited,
  { clientAddress, times = 1 }: { readonly clientAddress: string | undefined; readonly times?: number },
): Promise<void> {
  const { limits, message } = limited[action];
  const attempt = { action, account: null, clientAddress: networkOf(clientAddress ?? "unknown"), times };
  const secondsToWait = await limitAttempts(database, attempt, limits);
  if (secondsToWait > 0) throw new AppError("RATE_LIMITED", `${message} Try again in ${Math.ceil(secondsToWait / 60)} minutes.`);
}

/** Stored with a voter. The key is the secret of the study's link, so that addresses cannot be compared between studies. */
export function hashClient(clientAddress: string | undefined, linkToken: string | null): string {
  return createHmac("sha256", linkToken ?? "")
    .update(networkOf(clientAddress ?? "unknown"))
    .digest("hex");
}
