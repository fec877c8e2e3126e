/** A date or time of the command line, as the API takes it. */
import { InvalidArgumentError } from "commander";

export function readTime(text: string): string {
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) throw new InvalidArgumentError("Write a date like 2026-11-28.");
  return time.toISOString();
}
