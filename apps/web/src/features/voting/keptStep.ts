/** The step before the trials that a voter has reached on this device, so that a reload returns to it and skips no instructions. */

export interface KeptStep {
  /** Of the voter, since another person may use the device next. */
  readonly pseudonym: string;
  readonly step: "instructions" | "practice";
}

/** The browser's storage; null if it forbids storage. */
type StepStorage = Pick<Storage, "getItem" | "setItem" | "removeItem"> | null;

/** @param address The study's part of the page's address. */
function keyOf(address: string): string {
  return `pareidolia.votingStep.${address}`;
}

export function readStep(storage: StepStorage, address: string): KeptStep | null {
  try {
    const { pseudonym, step } = JSON.parse(storage?.getItem(keyOf(address)) ?? "{}") as Partial<KeptStep>;
    return typeof pseudonym === "string" && (step === "instructions" || step === "practice") ? { pseudonym, step } : null;
  } catch {
    return null;
  }
}

/** @param kept null once the trials have begun. */
export function writeStep(storage: StepStorage, address: string, kept: KeptStep | null): void {
  try {
    if (kept === null) storage?.removeItem(keyOf(address));
    else storage?.setItem(keyOf(address), JSON.stringify(kept));
  } catch {
    // The storage is full.
  }
}
