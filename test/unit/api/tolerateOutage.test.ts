/** Which failures of work that is repeated anyway reach the log. */
import { tolerateOutage } from "@pareidolia/api/tolerateOutage";
import { AppError } from "@pareidolia/core/appError";
import type { Logger } from "pino";
import { expect, it, vi } from "vitest";

it("logs an error unless it is an outage", () => {
  const error = vi.fn<(details: object, message: string) => void>();
  const tolerate = tolerateOutage({ error } as unknown as Logger, "Pages could not be renewed.");
  tolerate(new AppError("UNAVAILABLE", "The object store is out."));
  tolerate(Object.assign(new Error("connect"), { code: "ECONNREFUSED" }));
  expect(error).not.toHaveBeenCalled();
  const mistake = new TypeError("undefined is not a function");
  tolerate(mistake);
  expect(error).toHaveBeenCalledExactlyOnceWith({ err: mistake }, "Pages could not be renewed.");
});
