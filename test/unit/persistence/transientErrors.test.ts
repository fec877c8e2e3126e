import { AppError } from "@pareidolia/core/appError";
import { explainOutage } from "@pareidolia/persistence/database/outage";
import { isTransientError } from "@pareidolia/persistence/database/transientErrors";
import { describe, expect, it } from "vitest";

/** As Prisma wraps what its driver adapter threw in a raw query. */
const wrapped = (cause: object) =>
  Object.assign(new Error("Raw query failed."), { code: "P2010", meta: { driverAdapterError: Object.assign(new Error("x"), { cause }) } });
const fromServer = (code: string) => wrapped({ kind: "postgres", code, originalCode: code, severity: "FATAL", message: "words" });

describe("an error of storage", () => {
  it.each([
    ["a session that an administrator ended", fromServer("57P01")],
    ["a server that is shutting down or crashed", fromServer("57P02")],
    ["a connection that the driver lost", wrapped({ kind: "ConnectionClosed" })],
    ["a protocol that broke off", fromServer("08P01")],
    ["a session that was silent inside its transaction", fromServer("25P03")],
    ["a lock that others held for too long", fromServer("55P03")],
    ["a statement that took too long", fromServer("57014")],
    ["a deadlock", fromServer("40P01")],
    ["no server", Object.assign(new Error("connect"), { code: "ECONNREFUSED" })],
    ["a transaction that Prisma lost", Object.assign(new Error("Transaction API error"), { code: "P2028" })],
    ["our own word for it", new AppError("INTERNAL", "x", { cause: new AppError("UNAVAILABLE", "away") })],
  ])("may pass, for %s", (_what, error) => {
    expect(isTransientError(error)).toBe(true);
    expect(explainOutage(error instanceof AppError ? error.cause : error)?.code).toBe("UNAVAILABLE");
  });

  it.each([
    ["a statement that is wrong", fromServer("42601")],
    ["a row that is there already", wrapped({ kind: "UniqueConstraintViolation", originalCode: "23505" })],
    ["a bug whose words sound like an outage", new Error("Connection terminated: timeout exceeded when trying to connect")],
    ["no error at all", null],
  ])("does not pass, for %s", (_what, error) => {
    expect(isTransientError(error)).toBe(false);
    expect(explainOutage(error)).toBeNull();
  });

  it("is explained by its cause where there is more to say than that the database is away", () => {
    expect(explainOutage(fromServer("53100"))?.message).toContain("disk is full");
    expect(explainOutage(fromServer("55P03"))?.message).toContain("Another change to the same data");
    expect(explainOutage(fromServer("57P01"))?.message).toContain("is unavailable");
  });
});
