/** Names and addresses that a server sends are checked before they become files or reach the browser. */
import { CliError } from "./failure.ts";

/** A key such as RUN-142, which is safe as the name of a file. */
export function fileNameOf(key: string): string {
  if (/^[A-Z]{2,10}-\d{1,12}$/.test(key)) return key;
  throw new CliError("failed", "The server sent an invalid key. Nothing was written.");
}

/** An address that a browser may open: no program, and no file of this computer. */
export function webAddressOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol === "https:" || url?.protocol === "http:") return url.href;
  throw new CliError("failed", "The server sent an invalid page address. Check the address of the server.");
}
