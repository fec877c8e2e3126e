/**
 * Requests of programs for an API key. A request has two codes: a long one, with which the program polls, and a short one, which a member
 * enters in the browser. Only hashes are stored. Each step is one conditional update, so it happens once however many requests race.
 */
import { createHash } from "node:crypto";
import type { KeyScope } from "@pareidolia/core/actor";
import type { Connection } from "../../server/database/database.ts";
import { lockWorkspace } from "./lockWorkspace.ts";

interface DeviceLogin {
  /** The name that the program gives itself. */
  readonly clientName: string;
  /** Where the request came from. */
  readonly clientAddress: string;
  readonly scopes: readonly KeyScope[];
  /** Days for which the key will be valid. */
  readonly keyDays: number;
}

export interface NewDeviceLogin extends DeviceLogin {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly expiresAt: Date;
}

export interface OpenDeviceLogin extends DeviceLogin {
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** Who approved a request, and for which workspace. */
export interface ApprovedDeviceLogin extends DeviceLogin {
  readonly userId: string;
  readonly workspaceId: string;
}

export type DeviceLoginState = "unknown" | "tooSoon" | "pending" | "refused" | "approved";

function hashCode(code: string): string {
  return createHash("sha256").update(code).digest("hex");
}

export async function createDeviceLogin(connection: Connection, { deviceCode, userCode, scopes, ...login }: NewDeviceLogin): Promise<void> {
  const hashes = { deviceCodeHash: hashCode(deviceCode), userCodeHash: hashCode(userCode) };
  await connection.deviceLogin.create({ data: { ...login, ...hashes, scopes: [...scopes] } });
}

/** Undecided and not expired, for the user who opened it first. */
function openedBy(userCode: string, userId: string) {
  return { userCodeHash: hashCode(userCode), userId, decision: null, expiresAt: { gt: new Date() } };
}

/**
 * The request with a code. From now on no other user can open or decide it: otherwise a member who saw a code could answer for another. Null
 * for a code that is unknown, expired, decided or opened by another user.
 */
export async function openDeviceLogin(connection: Connection, userCode: string, userId: string): Promise<OpenDeviceLogin | null> {
  const unopened = { ...openedBy(userCode, userId), userId: null };
  await connection.deviceLogin.updateMany({ where: unopened, data: { userId } });
  return connection.deviceLogin.findFirst({
    where: openedBy(userCode, userId),
    select: { clientName: true, clientAddress: true, scopes: true, keyDays: true, createdAt: true, expiresAt: true },
  });
}

/** `workspaceId` is that of the key; null refuses. Returns whether this call decided: see `openDeviceLogin` for the codes that it may not. */
export async function decideDeviceLogin(
  connection: Connection,
  { userCode, userId, workspaceId }: { readonly userCode: string; readonly userId: string; readonly workspaceId: string | null },
): Promise<boolean> {
  const decision = workspaceId === null ? "REFUSED" : "APPROVED";
  const { count } = await connection.deviceLogin.updateMany({ where: openedBy(userCode, userId), data: { decision, workspaceId } });
  return count > 0;
}

/** What the program learns. It must leave `intervalSeconds` between two polls; an earlier one counts as a poll, too. */
export async function pollDeviceLogin(connection: Connection, deviceCode: string, intervalSeconds: number): Promise<DeviceLoginState> {
  const now = new Date();
  const where = { deviceCodeHash: hashCode(deviceCode), expiresAt: { gt: now } };
  const earliest = new Date(now.getTime() - intervalSeconds * 1000);
  const due = await connection.deviceLogin.updateMany({
    where: { ...where, OR: [{ polledAt: null }, { polledAt: { lte: earliest } }] },
    data: { polledAt: now },
  });
  if (due.count === 0) {
    const early = await connection.deviceLogin.updateMany({ where, data: { polledAt: now } });
    return early.count === 0 ? "unknown" : "tooSoon";
  }
  const found = await connection.deviceLogin.findFirst({ where, select: { decision: true } });
  if (found === null) return "unknown";
  return found.decision === null ? "pending" : found.decision === "APPROVED" ? "approved" : "refused";
}

/**
 * Deletes an approved request, so that its code works once: call it in the transaction that creates the key. Locks the workspace first, as
 * removals of members do.
 */
export async function takeDeviceLogin(connection: Connection, deviceCode: string): Promise<ApprovedDeviceLogin | null> {
  const where = { deviceCodeHash: hashCode(deviceCode), decision: "APPROVED" as const, expiresAt: { gt: new Date() } };
  const found = await connection.deviceLogin.findFirst({
    where,
    select: { clientName: true, clientAddress: true, scopes: true, keyDays: true, userId: true, workspaceId: true },
  });
  const { userId = null, workspaceId = null } = found ?? {};
  if (found === null || userId === null || workspaceId === null) return null;
  await lockWorkspace(connection, workspaceId);
  const { count } = await connection.deviceLogin.deleteMany({ where });
  return count === 0 ? null : { ...found, userId, workspaceId };
}

export async function deleteDeviceLogin(connection: Connection, deviceCode: string): Promise<void> {
  await connection.deviceLogin.deleteMany({ where: { deviceCodeHash: hashCode(deviceCode) } });
}
