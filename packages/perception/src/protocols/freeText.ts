/**
 * The voter writes what the image looks like, before any label has been seen: people's answers without prompting. Researchers code the
 * texts afterwards (`coding/`), so an answer alone neither agrees nor disagrees.
 */
import { AppError } from "@pareidolia/core/appError";
import { cantTellSpec, defineProtocol } from "./protocolKind.ts";

export const uncoded =
  "Coding is missing: this phase collects texts, and they agree with no label until two researchers have coded them and no dispute is open.";

export const freeText = defineProtocol({
  id: "freeText",
  label: "Free text",
  description: "What does this look like? Before any label is seen.",
  parameters: [
    cantTellSpec,
    {
      kind: "integer",
      name: "maximumLength",
      label: "Maximum length",
      description: "Maximum number of characters of an answer, counted in UTF-16 code units as browsers do.",
      default: 80,
      minimum: 1,
      maximum: 500,
    },
  ],
  showsLabels: false,
  chance: () => null,
  plan: (_values, { items, stimuli }) =>
    items.map((item) => ({
      item,
      screen: { images: [stimuli[item]?.image ?? ""], labels: [], exemplars: [] },
      options: [],
      target: null,
    })),
  readAnswer({ maximumLength }, _screen, value) {
    const text = typeof value === "object" && value !== null ? (value as { text?: unknown }).text : undefined;
    const trimmed = typeof text === "string" ? text.trim().normalize("NFC") : "";
    if (trimmed === "" || trimmed.length > maximumLength)
      throw new AppError("INVALID_INPUT", `The answer must have from 1 to ${maximumLength} characters.`, { field: "text" });
    return { text: trimmed };
  },
  // Simulated texts are never shown.
  respond: () => ({ text: "x" }),
  withoutUses: (_values, coded) => ({
    chance: "A question without options has no level of chance.",
    categories: "Answers of this question are texts, which are compared by their codes only.",
    ...(coded ? {} : { agreement: uncoded, categories: uncoded, truth: uncoded }),
  }),
});
