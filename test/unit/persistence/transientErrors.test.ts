import { AppError } from "@pareidolia/core/appError";
import { explainOutage } from "@pareidolia/persistence/server/database/outage";
import { isTransientError } from "@pareidolia/persistence/server/database/transientErrors";
import { describe, expect, it } from "vitest";

/** An error of the driver adapter in a raw query, as Prisma wraps it. */
const wrapped = (cause: object) =>
  Object.assign(new Error("Raw query failed."), { code: "P2010", meta: { driverAdapterError: Object.assign(new Error("x"), { cause }) } });
const fromServer = (code: string) => wrapped({ kind: "postgres", code, originalCode: code, severity: "FATAL", message: "words" });

describe("a storage error", () => {
  it.each([
    ["a session terminated by an administrator", fromServer("57P01")],
    ["a server that is shutting down or crashed", fromServer("57P02")],
    ["a lost connection", wrapped({ kind: "ConnectionClosed" })],
    ["a protocol violation", fromServer("08P01")],
    ["a session idle in its transaction", fromServer("25P03")],
    ["a lock timeout", fromServer("55P03")],
    ["a statement timeout", fromServer("57014")],
    ["a deadlock", fromServer("40P01")],
    ["no server", Object.assign(new Error("connect"), { code: "ECONNREFUSED" })],
    ["a transaction lost by Prisma", Object.assign(new Error("Transaction API error"), { code: "P2028" })],
    ["our own UNAVAILABLE error as a cause", new AppError("INTERNAL", "x", { cause: new AppError("UNAVAILABLE", "away") })],
  ])("is transient for %s", (_what, error) => {
    expect(isTransientError(error)).toBe(true);
    expect(explainOutage(error instanceof AppError ? error.cause : error)?.code).toBe("UNAVAILABLE");
  });

  it.each([
    ["an invalid statement", fromServer("42601")],
    ["a row that already exists", wrapped({ kind: "UniqueConstraintViolation", originalCode: "23505" })],
    ["a bug with the message of an outage", new Error("Connection terminated: timeout exceeded when trying to connect")],
    ["no error", null],
  ])("is permanent for %s", (_what, error) => {
    expect(isTransientError(error)).toBe(false);
    expect(explainOutage(error)).toBeNull();
  });

  it("is explained by its cause if that is more specific than an unavailable database", () => {
    expect(explainOutage(fromServer("53100"))?.message).toContain("disk is full");
    expect(explainOutage(fromServer("55P03"))?.message).toContain("Another change to the same data");
    expect(explainOutage(fromServer("57P01"))?.message).toContain("is unavailable");
  });
});
