/** What agreement with an image's label is called, by question: not all people who agree name a class, and "yes" agrees with nothing. */
import type { ProtocolKindId } from "@pareidolia/perception/protocols/registry";

interface QuestionOfPlan {
  readonly protocol: { readonly kind: ProtocolKindId };
}

export interface AgreementWords {
  /** The share of people as the plane's axis names it. */
  readonly share: string;
  /** Before "by 43 to 74% of people". */
  readonly done: string;
  /** The head of a column of shares. */
  readonly column: string;
  /** The head of a column of a voter's hits. */
  readonly ofVoter: string;
  /** The share of people in the name of a chart or a switch, in the middle of a sentence. */
  readonly ofPeople: string;
  readonly ofVotes: string;
  /** After "12 of 20". */
  readonly votes: string;
  /** By what error consistency compares observers. */
  readonly observed: string;
}

const agree = {
  share: "share of people who agree with the label",
  done: "agreed with",
  column: "People agree",
  ofVoter: "Agrees",
  ofPeople: "share of people who agree",
  ofVotes: "share of votes that agree",
  votes: "votes agree",
  observed: "the images whose label they agree with",
} as const satisfies AgreementWords;

const yes = {
  share: "share of people who recognised something, “yes”",
  done: "recognised",
  column: "“Yes”",
  ofVoter: "“Yes”",
  ofPeople: "share of people who answer “yes”",
  ofVotes: "share of votes for “yes”",
  votes: "votes for “yes”",
  observed: "the images in which people recognise something and to which networks give the label",
} as const satisfies AgreementWords;

const both = {
  share: "share of people who agree with the label, or answer “yes”",
  done: "agreed with, or recognised,",
  column: "Agree or “yes”",
  ofVoter: "Agrees or “yes”",
  ofPeople: "share of people who agree, or answer “yes”",
  ofVotes: "share of votes that agree, or for “yes”",
  votes: "votes agree or are “yes”",
  observed: agree.observed,
} as const satisfies AgreementWords;

export function agreementWords({ protocol }: QuestionOfPlan): AgreementWords {
  switch (protocol.kind) {
    case "alternatives":
      return { ...agree, share: "share of people who named the same class", done: "named" };
    case "reverse":
      return { ...agree, share: "share of people who chose the image, of those asked for its class", done: "chosen" };
    case "yesNo":
      return yes;
    case "pairwise":
    case "freeText":
    case "confidenceRating":
      return agree;
  }
}

/** Of figures over several questions, such as those of a voter or of several studies. */
export function wordsOfAll(questions: readonly QuestionOfPlan[]): AgreementWords {
  const isYesNo = questions.map(({ protocol }) => protocol.kind === "yesNo");
  if (isYesNo.length > 0 && isYesNo.every(Boolean)) return yes;
  return isYesNo.some(Boolean) ? both : agree;
}

/** With a capital, at the start of a label. */
export function capitalised(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
