/** What voters may know of a study, and nothing more: neither labels of images, confidences, others' votes nor which trials are checks. */

import { framings, questionKinds } from "@pareidolia/perception/protocols/question";
import { Extensions, Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";
import { StudyStateEnum } from "../study/studyState.type.ts";
import { maxTrials } from "./ballot.ts";

const QuestionKindEnum = Object.fromEntries(questionKinds.map((kind) => [kind, kind]));
const QuestionFramingEnum = Object.fromEntries(framings.map((framing) => [framing, framing]));

registerEnumType(QuestionKindEnum, {
  name: "BallotQuestionKind",
  description: "Kind of a question.",
  valuesConfig: {
    ONE_LABEL_OF: { description: "Which of these labels fits the image?" },
    ONE_IMAGE_OF: { description: "Which of these images fits the label?" },
    YES_NO: { description: "Do you recognise anything?" },
    FREE_TEXT: { description: "What does this look like?" },
    RATINGS: { description: "How sure are you that the image shows each option?" },
    PAIR: { description: "Which of these two images is more like the label?" },
  },
});

registerEnumType(QuestionFramingEnum, {
  name: "BallotQuestionFraming",
  description: "Whether a question mentions the machine.",
  valuesConfig: {
    MACHINE: { description: "Voters guess the machine's answer." },
    LOOKS_LIKE: { description: "Voters say what they see; no machine is mentioned." },
  },
});

@Requires("vote:cast")
@ObjectType("BallotConsentText", { description: "The consent in one language." })
export class BallotConsentText {
  @Field(() => String, { description: "BCP 47 tag of the language." })
  readonly language!: string;

  @Field(() => String, { description: "What the study is about, and what the voter does." })
  readonly introduction!: string;

  @Field(() => String, { description: "What is stored about the voter, and for how long." })
  readonly kept!: string;

  @Field(() => String, { description: "Who receives the votes, and in which form." })
  readonly shared!: string;

  @Field(() => String, { description: "How a voter withdraws, and what is removed then." })
  readonly withdrawal!: string;

  @Field(() => [String], { description: "Instructions before the first trial of each phase; empty for a phase without any." })
  readonly instructions!: readonly string[];
}

@Requires("vote:cast")
@ObjectType("BallotConsent", { description: "What voters read and accept before their first trial." })
export class BallotConsent {
  @Field(() => Int, { description: "Version of the texts, from 1." })
  readonly version!: number;

  @Field(() => Int, { nullable: true, description: "Minimum age in years; null without a limit." })
  readonly minimumAge!: number | null;

  @Field(() => [BallotConsentText], { description: "The texts in each of the study's languages." })
  readonly texts!: readonly BallotConsentText[];
}

@Requires("vote:cast")
@ObjectType("BallotTiming", { description: "Timing of a trial, in milliseconds." })
export class BallotTiming {
  @Field(() => Int, { description: "Blank screen before the image, in milliseconds." })
  readonly blankMs!: number;

  @Field(() => Int, { description: "How long the image is shown, in milliseconds; 0: until the answer." })
  readonly imageMs!: number;

  @Field(() => Int, { description: "How long a mask is shown after the image, in milliseconds; 0: no mask." })
  readonly maskMs!: number;

  @Field(() => Int, { description: "Time limit of the answer, in milliseconds; 0: no limit." })
  readonly answerMs!: number;
}

@Requires("vote:cast")
@ObjectType("BallotImage", { description: "An image as voters receive it. Its address is random." })
export class BallotImage {
  @Field(() => String, { description: "Path of the PNG on this host." })
  readonly url!: string;

  @Field(() => Int, { description: "Width, in pixels." })
  readonly width!: number;

  @Field(() => Int, { description: "Height, in pixels." })
  readonly height!: number;
}

@Requires("vote:cast")
@ObjectType("BallotQuestion", { description: "The question of a trial." })
export class BallotQuestion {
  @Field(() => QuestionKindEnum, { description: "Kind of the question." })
  readonly kind!: string;

  @Field(() => QuestionFramingEnum, {
    nullable: true,
    description: "Whether it mentions the machine; null for kinds with only one wording.",
  })
  readonly framing!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The label that the question names, in the voter's language; null if it names none.",
  })
  readonly label!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The study's own wording, in which {label} stands for `label`; null for the usual wording of the kind and framing.",
  })
  readonly wording!: string | null;

  @Field(() => Boolean, { description: 'Whether the voter may answer "can\'t tell".' })
  readonly cantTell!: boolean;

  @Field(() => Int, { nullable: true, description: "Number of levels of RATINGS." })
  readonly levels!: number | null;

  @Field(() => Int, { nullable: true, description: "Maximum number of characters of FREE_TEXT, in UTF-16 code units." })
  readonly maximumLength!: number | null;
}

@Requires("vote:cast")
@ObjectType("BallotTrial", { description: "One presentation of an image, or of several, to a voter." })
export class BallotTrial {
  @Field(() => Int, { description: "Number of the trial in the voter's session, from 0." })
  readonly number!: number;

  @Field(() => Int, { description: "Phase of the trial, from 0. Each phase has its own question." })
  readonly phase!: number;

  @Field(() => BallotQuestion, { description: "What the voter has to say about the image." })
  readonly question!: BallotQuestion;

  @Field(() => [BallotImage], { description: "One image, or the images to choose from, in order of position." })
  readonly images!: readonly BallotImage[];

  @Field(() => [String], { description: "Labels of the buttons or scales, in order of position; empty for other questions." })
  readonly options!: readonly string[];

  @Field(() => [BallotImage], { description: "Photographs of the question's label." })
  readonly exemplars!: readonly BallotImage[];

  @Field(() => BallotTiming, { description: "Timing of the trial." })
  readonly timing!: BallotTiming;

  @Field(() => Boolean, { description: "Whether the voter has answered or skipped it." })
  readonly answered!: boolean;
}

@Requires("vote:cast")
@ObjectType("BallotGoldImage", { description: "A photograph that checked attention." })
export class BallotGoldImage {
  @Field(() => String, { description: "Path of the PNG on this host." })
  readonly url!: string;

  @Field(() => Boolean, { description: "Whether the voter recognised it." })
  readonly passed!: boolean;
}

@Requires("vote:cast")
@ObjectType("BallotGold", { description: "How the voter answered the trials with photographs that people recognise." })
export class BallotGold {
  @Field(() => Int, { description: "Number of right answers." })
  readonly hits!: number;

  @Field(() => Int, { description: "Number of these trials that the voter did not skip." })
  readonly trials!: number;

  @Extensions({ longest: maxTrials })
  @Field(() => [BallotGoldImage], { description: "The photographs, in the order in which the voter saw them." })
  readonly images!: readonly BallotGoldImage[];
}

@Requires("vote:cast")
@ObjectType("BallotVoter", { description: "A person's participation in a study, as that person sees it." })
export class BallotVoter {
  @Field(() => String, { description: "The name under which the votes are stored, such as V-07." })
  readonly pseudonym!: string;

  @Field(() => String, { description: "BCP 47 tag of the language in which the voter reads labels." })
  readonly language!: string;

  @Field(() => Boolean, { description: "Whether the voter sees the still version, as every vote of the voter is marked." })
  readonly still!: boolean;

  @Field(() => Int, { description: "Number of trials answered or skipped." })
  readonly answered!: number;

  @Field(() => Int, { description: "Number of the voter's trials." })
  readonly total!: number;

  @Field(() => DateTimeScalar, { nullable: true, description: "When the voter finished; null before." })
  readonly finishedAt!: Date | null;

  @Field(() => Boolean, {
    description:
      "Whether others have taken all places of the study after the voter's own, which no answers had confirmed, was held for 15 minutes. Then no more votes of the voter are accepted.",
  })
  readonly placeLost!: boolean;

  @Field(() => Int, { nullable: true, description: "The first trial that is neither answered nor skipped; null if there is none." })
  readonly nextTrial!: number | null;
}

@Requires("vote:cast")
@ObjectType("Ballot", { description: "What voters may know of a study." })
export class Ballot {
  @Field(() => String, { description: "Key of the study, such as STU-12." })
  readonly studyKey!: string;

  @Field(() => String, { description: "Title of the study." })
  readonly title!: string;

  @Field(() => String, { description: "Name of the workspace that runs the study." })
  readonly workspaceName!: string;

  @Field(() => StudyStateEnum, { description: "State of the study. Votes are accepted while it is OPEN." })
  readonly state!: string;

  @Field(() => [String], { description: "BCP 47 tags of the languages that a voter can choose; the first is the default." })
  readonly languages!: readonly string[];

  @Field(() => BallotConsent, { description: "What voters accept." })
  readonly consent!: BallotConsent;

  @Field(() => Int, { description: "Number of the voter's trials; before joining, an estimate." })
  readonly trialCount!: number;

  @Field(() => Boolean, {
    description: "Whether images end before the answer, so that they flash; false for a voter of the still version.",
  })
  readonly imagesFlash!: boolean;

  @Field(() => Boolean, {
    description: "Whether a voter may choose the still version: images until the answer, without mask or time limit.",
  })
  readonly offersStill!: boolean;

  @Field(() => [BallotTiming], { description: "Timing of the trials in each phase." })
  readonly timing!: readonly BallotTiming[];

  @Field(() => BallotVoter, { nullable: true, description: "The voter of the session, or the signed-in member; null before joining." })
  readonly voter!: BallotVoter | null;
}
