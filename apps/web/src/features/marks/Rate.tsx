/** A speed in evaluations per second, or the text `absent` if there is none. */
import { formatRate } from "./numbers.ts";

export function Rate({ speed, absent }: { readonly speed: number | null | undefined; readonly absent: string }) {
  if (speed === null || speed === undefined) return absent;
  return (
    <>
      <span className="n12">{formatRate(speed)}</span> evaluations/s
    </>
  );
}
