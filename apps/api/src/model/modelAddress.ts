/**
 * Validates the syntax of a model file's URL. The worker that downloads the file resolves the host and checks that its addresses are
 * public.
 */
import { AppError } from "@pareidolia/core/appError";
import { checkText } from "../text.ts";

const maxAddressLength = 2_000;
/** Workers reject these hosts, unless configured to download from their own machine, also over http. */
const loopback = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Returns the normalised URL. @throws AppError INVALID_INPUT naming `field`. */
export function readModelAddress(text: string, field: string): string {
  const address = checkText(text, { field, label: "An address", longest: maxAddressLength });
  if (!URL.canParse(address)) throw new AppError("INVALID_INPUT", "This is not a valid address. Write it as https://host/file.", { field });
  const url = new URL(address);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && loopback.test(url.hostname)))
    throw new AppError("INVALID_INPUT", "Models are downloaded over https only. Write the address as https://host/file.", { field });
  if (url.username !== "" || url.password !== "")
    throw new AppError(
      "INVALID_INPUT",
      "Leave the user name and password out of the address. Every member of the workspace could read them.",
      { field },
    );
  return url.href;
}
