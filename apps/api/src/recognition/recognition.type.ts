/** What people say about images: pooled for a result and a run, and study by study for an image. */
import type { Population } from "@pareidolia/perception/study/results/figure";
import { Field, Float, Int, ObjectType, registerEnumType } from "type-graphql";
import { endDescriptions } from "../intervalEnds.ts";
import { Requires } from "../policy/requires.ts";

export const WithheldReasonEnum = { VOTING: "VOTING", NORMING: "NORMING" } as const;

registerEnumType(WithheldReasonEnum, {
  name: "WithheldReason",
  description: "Why figures of what people say are withheld from you.",
  valuesConfig: {
    VOTING: { description: "You have joined a study that asks about the image, and neither finished nor withdrawn." },
    NORMING: { description: "You take part in a norming room of a study that asks about the image, and not all its images are revealed." },
  },
});

@Requires("study:inspect")
@ObjectType("Withheld", { description: "Why figures of what people say are withheld from you." })
export class WithheldType {
  @Field(() => WithheldReasonEnum, { description: "Why the caller does not see the figures yet." })
  readonly reason!: string;

  @Field(() => String, { description: "Key of the study, such as STU-4." })
  readonly studyKey!: string;

  @Field(() => String, { description: "The reason as a sentence, with what to do." })
  readonly message!: string;
}

@Requires("study:inspect")
@ObjectType("PeopleShare", {
  description:
    "A share of votes, with its 95% interval for other voters: Wilson's, or a confidence sequence in a study whose images stop by agreement.",
})
export class PeopleShareType {
  @Field(() => Int, { description: "Votes that the share is of." })
  readonly votes!: number;

  @Field(() => Int, { description: "Votes of which it holds." })
  readonly agreeing!: number;

  @Field(() => Float, { description: "`agreeing` / `votes`, 0 to 1." })
  readonly share!: number;

  @Field(() => Float, { description: "Lower end of the interval." })
  readonly low!: number;

  @Field(() => Float, { description: "Upper end of the interval." })
  readonly high!: number;
}

const beyondGuessing =
  "beyond guessing: a vote among m choices counts 1 if it names the label and -1 / (m - 1) if it does not, so that shares of questions with " +
  'different numbers of choices are comparable. Studies in which voters answered "can\'t tell" are left out, since not everyone who ' +
  "recognised nothing has guessed there.";

@Requires("study:inspect")
@ObjectType("RecognisedShare", { description: `The share of people who recognise the label of an image, ${beyondGuessing}` })
export class RecognisedShareType {
  @Field(() => Int, { description: "Votes that the share is of." })
  readonly votes!: number;

  @Field(() => Float, { description: "0 to 1: 0 where no more votes name the label than guesses would." })
  readonly share!: number;

  @Field(() => Float, { description: "Lower end of the 95% interval for other voters: Wilson's, corrected like the share." })
  readonly low!: number;

  @Field(() => Float, { description: endDescriptions.high })
  readonly high!: number;
}

@Requires("study:inspect")
@ObjectType("Recognition", {
  description:
    "What people say about the image of an elite, trajectory or perturbation, over all opened studies of the workspace that show the same bytes " +
    "with the same label: the elite's niche, the trajectory's class, the label of the perturbed image. Votes " +
    "count as planned by each study, and all of them where a plan leaves out every voter. They follow the studies' computed results.",
})
export class RecognitionType {
  @Field(() => Int, { description: "Opened studies that asked about the image with this label." })
  readonly studyCount!: number;

  @Field(() => PeopleShareType, {
    nullable: true,
    description:
      "Votes that name the label, with those of people who guessed: not comparable between questions with different numbers of choices. " +
      "Null without votes, and while it is withheld.",
  })
  readonly named!: PeopleShareType | null;

  @Field(() => RecognisedShareType, {
    nullable: true,
    description: "The share that recognises the label; null without such votes, and while it is withheld.",
  })
  readonly recognised!: RecognisedShareType | null;

  @Field(() => String, { nullable: true, description: "Why `recognised` is null although there are votes; null otherwise." })
  readonly recognisedReason!: string | null;

  @Field(() => WithheldType, { nullable: true, description: "Why figures are withheld from you; null if they are not." })
  readonly withheld!: WithheldType | null;
}

export const IntervalPopulationEnum = {
  VOTERS: "voters",
  IMAGES: "images",
  VOTERS_AND_IMAGES: "votersAndImages",
  ANSWERS: "answers",
} as const satisfies Readonly<Record<string, Population>>;

registerEnumType(IntervalPopulationEnum, {
  name: "IntervalPopulation",
  description: "Over what an interval generalises.",
  valuesConfig: {
    VOTERS: { description: "Other voters and these images." },
    IMAGES: { description: "These voters and other images." },
    VOTERS_AND_IMAGES: { description: "Other voters and other images." },
    ANSWERS: { description: "Other answers of these voters to these images." },
  },
});

@Requires("study:inspect")
@ObjectType("RunRecognition", {
  description:
    "What people say about a run's images: the current elites of an evolution, the trajectories of an ascent, the results of attacks.",
})
export class RunRecognitionType {
  @Field(() => Int, { description: "Images that opened studies asked about." })
  readonly askedCount!: number;

  @Field(() => Int, { nullable: true, description: "Images among them with votes; null while figures are withheld." })
  readonly imageCount!: number | null;

  @Field(() => Int, { nullable: true, description: "Votes on all of them; null while figures are withheld." })
  readonly voteCount!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: "Images among them that the mean is of: of their votes, guesses can be counted. Null while figures are withheld.",
  })
  readonly correctedImageCount!: number | null;

  @Field(() => Int, { nullable: true, description: "These votes; null while figures are withheld." })
  readonly correctedVoteCount!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: `Mean over images of the share that recognises the label, 0 to 1; null for fewer than two images, and while figures are withheld. It is ${beyondGuessing}`,
  })
  readonly meanShare!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      "Lower end of the 95% interval for other voters and other images: Wilson's, corrected like the mean, with the effective sample size of votes that are clustered by voter and by image. Null if there is none.",
  })
  readonly low!: number | null;

  @Field(() => Float, { nullable: true, description: endDescriptions.high })
  readonly high!: number | null;

  @Field(() => IntervalPopulationEnum, { nullable: true, description: "Over what the interval generalises; null if there is none." })
  readonly intervalFor!: Population | null;

  @Field(() => String, {
    nullable: true,
    description: "Why there is no interval; null if there is one, and while figures are withheld.",
  })
  readonly intervalReason!: string | null;

  @Field(() => WithheldType, { nullable: true, description: "Why figures are withheld from you; null if they are not." })
  readonly withheld!: WithheldType | null;
}

export const CountedVotersEnum = { PLANNED: "planned", EVERYONE: "everyone" } as const;

registerEnumType(CountedVotersEnum, {
  name: "CountedVoters",
  description: "Whose votes figures are of.",
  valuesConfig: {
    PLANNED: { description: "Without insiders and the voters whom the study's plan excludes." },
    EVERYONE: { description: "All voters: before results are computed, and where the plan leaves out every voter." },
  },
});

export const PeopleAnswerKindEnum = { LABEL: "label", TEXT: "text", YES: "yes", NO: "no", CANT_TELL: "cantTell" } as const;

registerEnumType(PeopleAnswerKindEnum, {
  name: "PeopleAnswerKind",
  description: "What an answer to an image is.",
  valuesConfig: {
    LABEL: { description: "One of the labels offered." },
    TEXT: { description: "A written text." },
    YES: { description: "The voter recognises something." },
    NO: { description: "The voter recognises nothing." },
    CANT_TELL: { description: 'The voter chose "can\'t tell".' },
  },
});

@Requires("study:inspect")
@ObjectType("PeopleAnswer", { description: "An answer that people gave to an image." })
export class PeopleAnswerType {
  @Field(() => PeopleAnswerKindEnum, { description: "What it is." })
  readonly kind!: string;

  @Field(() => String, { nullable: true, description: "The label's name in the study's first language, or the text; null otherwise." })
  readonly text!: string | null;

  @Field(() => Boolean, { description: "Whether it agrees with the label that the study asked about." })
  readonly agrees!: boolean;

  @Field(() => PeopleShareType, { description: "Its share of the votes." })
  readonly given!: PeopleShareType;
}

@Requires("study:inspect")
@ObjectType("ImageQuestion", { description: "A question of a study, with people's answers to one image." })
export class ImageQuestionType {
  @Field(() => Int, { description: "Its place in the study's plan, from 0." })
  readonly number!: number;

  @Field(() => String, { description: "Kind of the protocol, such as alternatives." })
  readonly protocol!: string;

  @Field(() => Int, { nullable: true, description: "Number of labels or images to choose from; null for other questions." })
  readonly alternatives!: number | null;

  @Field(() => Boolean, { description: "Whether it mentions the machine; otherwise it asks for the voter's own impression." })
  readonly mentionsMachine!: boolean;

  @Field(() => Float, { nullable: true, description: "Probability that a guess agrees, 0 to 1; null if the question has no right answer." })
  readonly chance!: number | null;

  @Field(() => Int, { description: "Answers to the image that count as votes." })
  readonly voteCount!: number;

  @Field(() => String, {
    nullable: true,
    description: "Why votes neither agree nor disagree with the label, so that `named` is null, as a sentence; null if they do.",
  })
  readonly namedReason!: string | null;

  @Field(() => PeopleShareType, {
    nullable: true,
    description: "Votes that agree with the label; null without votes, and for questions without agreement, such as free text.",
  })
  readonly named!: PeopleShareType | null;

  @Field(() => [PeopleAnswerType], {
    description: "The answers, most frequent first, at most 20. Empty for questions whose answers are ratings or other images.",
  })
  readonly answers!: readonly PeopleAnswerType[];

  @Field(() => Int, { description: "Answers of voters whom the plan leaves out; 0 where all voters are counted." })
  readonly excludedCount!: number;

  @Field(() => Int, { description: 'Answers "can\'t tell" that do not count as votes.' })
  readonly missingCount!: number;
}

@Requires("study:inspect")
@ObjectType("ImageStudy", { description: "An opened study that asks about an image, with people's answers to it." })
export class ImageStudyType {
  @Field(() => Int, { description: "The image's number among the study's counted images, as in its tallies." })
  readonly index!: number;

  @Field(() => Int, {
    description: "Number of the latest change to the study's tallies. Pass it to `studyTallies` to receive later changes.",
  })
  readonly sequence!: number;

  @Field(() => WithheldType, { nullable: true, description: "Why all else is withheld from you; null if it is not." })
  readonly withheld!: WithheldType | null;

  @Field(() => Int, { nullable: true, description: "Class that the machine names and the study asks about; null while withheld." })
  readonly label!: number | null;

  @Field(() => String, { nullable: true, description: "Its name in the study's first language; null while withheld." })
  readonly labelName!: string | null;

  @Field(() => Float, {
    nullable: true,
    description: "The machine's confidence in it on the stored bytes, 0 to 1; null while withheld, and without a machine.",
  })
  readonly confidence!: number | null;

  @Field(() => CountedVotersEnum, { nullable: true, description: "Whose votes the figures are of; null while withheld." })
  readonly counted!: string | null;

  @Field(() => [ImageQuestionType], { description: "Its questions in the plan's order; empty while withheld." })
  readonly questions!: readonly ImageQuestionType[];
}
