/** Does the voter recognise anything in the image? No label is shown. Agreement is the share of "yes". */
import { cantTellSpec, choosesTarget, defineProtocol, readChoice, respondWithChoice } from "./protocolKind.ts";

const yes = 0;

export const yesNo = defineProtocol({
  id: "yesNo",
  label: "Yes or no",
  description: "Do you recognise anything?",
  parameters: [cantTellSpec],
  showsLabels: false,
  chance: () => null,
  plan: (_values, { items, stimuli }) =>
    items.map((item) => ({
      item,
      screen: { images: [stimuli[item]?.image ?? ""], labels: [], exemplars: [] },
      options: [1, 0],
      target: yes,
    })),
  readAnswer: (_values, _screen, value) => readChoice(value, 2),
  agrees: (_values, planned, answer) => choosesTarget(planned, answer),
  detection: () => "yesNo",
  passesNoise: (_values, answer) => "choice" in answer && answer.choice !== yes,
  respond: (_values, planned, sight, random) => (sight === "nothing" ? { choice: 1 - yes } : respondWithChoice(planned, sight, random)),
  withoutUses: () => ({
    chance: "A question without options has no level of chance.",
    truth: "People who recognise something need not see the machine's label, so the machine's confidence has no truth to be compared with.",
  }),
});
