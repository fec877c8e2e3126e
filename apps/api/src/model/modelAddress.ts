/**
 * Reads the address of a model's file as far as words go. Whether it leads to a public place only whoever fetches it can tell: a
 * worker does, and asks a name's addresses then.
 */
import { AppError } from "@pareidolia/core/appError";
import { checkText } from "../text.ts";

const longestAddress = 2_000;
/** A worker may be set to fetch from its own machine, over http too; else it refuses these. */
const loopback = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** As URL writes it. @throws AppError INVALID_INPUT naming `field`. */
export function readModelAddress(text: string, field: string): string {
  const address = checkText(text, { field, label: "An address", longest: longestAddress });
  if (!URL.canParse(address)) throw new AppError("INVALID_INPUT", "This is no address: write it as https://host/file.", { field });
  const url = new URL(address);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && loopback.test(url.hostname)))
    throw new AppError("INVALID_INPUT", "A model is fetched by https only: write its address as https://host/file.", { field });
  if (url.username !== "" || url.password !== "")
    throw new AppError("INVALID_INPUT", "Leave the name and password out of the address: everybody here could read them.", { field });
  return url.href;
}
