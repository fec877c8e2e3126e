/** The framing of a run: which networks support it, its limits, and its values in the page's address. */
import type { FramingInput } from "../../graphql/generated/graphql.ts";
import { type AddressReader, quoteValue } from "../marks/addressProblems.ts";
import { isWholeNumber } from "../marks/wholeNumber.ts";
import type { AddressProblems } from "./methodAddress.ts";
import type { ModelChoice } from "./modelDetail.ts";

type Input = Pick<ModelChoice, "name" | "width" | "height" | "channels">;

const maxImageSize = 512;
const crops = ["1", "10"] as const;

/** Whether the input is large enough for crops. Smaller networks, such as those for digits, need the whole image. */
export function supportsFraming({ channels, width }: Input): boolean {
  return channels === 3 && width >= 128;
}

export function framingProblem(framing: FramingInput | null, { width, height }: Input): string | null {
  if (framing === null) return null;
  const smallestImage = Math.max(width, height);
  const isValid = Number.isInteger(framing.imageSize) && framing.imageSize >= smallestImage && framing.imageSize <= maxImageSize;
  return isValid ? null : `A whole number from ${smallestImage} to ${maxImageSize}.`;
}

/** The address parameters that `framingFromAddress` reads. */
export function framingValues(framing: FramingInput | null | undefined): Record<string, string> {
  return framing ? { crops: String(framing.crops), imageSize: String(framing.imageSize) } : {};
}

/** Null if the address has no framing or, with an error, one that the network does not support. */
export function framingFromAddress(
  address: AddressReader,
  model: Input | undefined,
): { readonly framing: FramingInput | null; readonly problems: AddressProblems } {
  const [count, size] = [address.get("crops") || null, address.get("imageSize") || null];
  if (model === undefined || (count === null && size === null)) return { framing: null, problems: {} };
  const reject = (reason: string) => {
    const message = `${reason}; images have the size of the network’s input instead.`;
    return { framing: null, problems: { framing: { atField: message, atTop: message } } };
  };
  if (!supportsFraming(model)) return reject(`${model.name} does not support crops`);
  if (!crops.some((each) => each === count)) return reject(`crops is ${quoteValue(count ?? "")} and must be one of ${crops.join(", ")}`);
  const framing = { crops: Number(count), imageSize: isWholeNumber(size ?? "") ? Number(size) : Number.NaN };
  const problem = framingProblem(framing, model);
  if (problem === null) return { framing, problems: {} };
  return reject(`imageSize is ${quoteValue(size ?? "")} and must be ${problem.charAt(0).toLowerCase()}${problem.slice(1, -1)}`);
}
