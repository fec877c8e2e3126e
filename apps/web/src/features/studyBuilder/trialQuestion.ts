/** The question of a trial and its options in words, for previews. */
import type { Protocol } from "@pareidolia/perception/protocols/registry";

export function questionOf(protocol: Protocol, label: string): string {
  switch (protocol.kind) {
    case "alternatives":
      return protocol.values.framing === "machine" ? "What did the machine see?" : "What does this look like?";
    case "reverse":
      return protocol.values.framing === "machine"
        ? `Which of these did the machine call ${label}?`
        : `Which of these looks most like ${label}?`;
    case "yesNo":
      return "Do you recognise anything?";
    case "freeText":
      return "What does this look like?";
    case "confidenceRating":
      return protocol.values.labels === "machine"
        ? `How sure are you that this is ${label}?`
        : "How sure are you that this shows each of these?";
    case "pairwise":
      return `Which is more like ${label}?`;
  }
}

/** Whether the voter chooses one of several images. */
export function choosesImage({ kind }: Protocol): boolean {
  return kind === "reverse" || kind === "pairwise";
}

/** Texts of the buttons; empty for a text field, a scale, or images. */
export function buttonsOf({ kind }: Protocol, labels: readonly string[]): readonly string[] {
  if (kind === "yesNo") return ["Yes", "No"];
  return kind === "alternatives" ? labels : [];
}
