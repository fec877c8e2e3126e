/** The computed statistics of a study. */
import { resultKinds } from "@pareidolia/perception/study/studyResults";
import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { StudyFiguresScalar } from "../openValue/openValues.ts";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";

export const StudyResultKindEnum = Object.fromEntries(Object.keys(resultKinds).map((kind) => [kind.toUpperCase(), kind]));

registerEnumType(StudyResultKindEnum, {
  name: "StudyResultKind",
  description: "Kind of statistics of a study.",
  valuesConfig: {
    PLANE: { description: "Each image: the machine's confidence, the share of people who agree, with its interval." },
    SUMMARY: { description: "Agreement of the whole study, and how many voters and images are above chance, counted in two ways." },
    AGREEMENT: { description: "How far people agree with one another." },
    CALIBRATION: { description: "How closely the machine's confidence matches the share of people who recognise the label." },
    BIAS: { description: "Which answers people prefer, whatever they see, and how this changes over a session." },
    VOTERS: { description: "Each voter: response times, gold and noise, flags, exclusion, skill." },
    CONSISTENCY: { description: "Whether people err on the same images as one another and as the network; split-half reliability." },
    GROUPS: {
      description: "Recognisability and confidence by network, source, generation, and the plan's groups and conditions, with differences.",
    },
    DETECTION: { description: "How well people tell images apart: hit rate, false alarms, d' and criterion, and threshold models." },
    CODING: { description: "How texts were coded, and the share of answers that are coded as the image's label." },
    TIMING: { description: "How long images were really on screen, and how long answers took." },
  },
});

@Requires("study:inspect")
@ObjectType("StudyResult", { description: "Statistics of a study, computed in the background." })
export class StudyResultType {
  @Field(() => StudyResultKindEnum, { description: "Kind of these statistics." })
  readonly kind!: string;

  @Field(() => Int, {
    description:
      "Number of the study's votes from which it was computed; -1 if votes have changed since in a way that their number does not show.",
  })
  readonly voteCount!: number;

  @Field(() => StudyFiguresScalar, {
    description:
      "The result: `planned` leaves out the voters whom the plan excludes, `everyone` does not. Each figure has its number of cases and interval, or the reason why it is undefined.",
  })
  readonly result!: unknown;

  @Field(() => DateTimeScalar, { description: "When it was computed." })
  readonly computedAt!: Date;
}
