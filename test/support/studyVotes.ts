/** Simulated votes of whole studies for tests, with the data that results and exports are computed from. */
import { Purpose, Random } from "@pareidolia/core/random";
import { trialsOf } from "@pareidolia/perception/study/results/answeredSession";
import type { StudyData, StudyImage, StudyVoter } from "@pareidolia/perception/study/results/studyData";
import type { StudyPlan } from "@pareidolia/perception/study/studyPlan";
import type { ExportedStudy, ExportedVote } from "@pareidolia/perception/study/trialRow";
import type { Trial } from "@pareidolia/perception/trials/trial";

export interface SimulatedStudy extends StudyData {
  readonly votes: readonly ExportedVote[];
}

export interface SimulationOptions {
  readonly voters: number;
  readonly seed?: number;
  /** The stored answer to a trial; by default, a person who is right half of the time, sometimes can't tell, and skips a trial in 50. */
  readonly answer?: (trial: Trial, voter: number, random: Random) => unknown;
  /** Images of a voter; by default, the design's assignment. */
  readonly items?: (voter: number) => readonly number[] | null;
  /** Share of a voter's trials with a vote; by default, all of those who finish and 60% of others. */
  readonly sessionShare?: (voter: StudyVoter) => number;
}

const sources = ["cppn", "direct", "photograph"] as const;

/** Confidences near 1, some lower, and none for photographs; two networks, seven generations, and a third network that scored most images. */
function simulatedImages(count: number, seed = 1): StudyImage[] {
  const random = new Random({ seed, generation: 0, index: 1, purpose: Purpose.SIMULATE });
  return Array.from({ length: count }, (_, index) => {
    const source = sources[index % 8 < 5 ? 0 : index % 8 < 7 ? 1 : 2] as string;
    const confidence = source === "photograph" ? null : 1 - random.uniform() ** 3;
    if (confidence === null) return { source, confidence };
    const networks = index % 4 === 3 ? [] : [{ model: "Sample network", agrees: index % 3 === 0 }];
    return { source, confidence, model: index % 6 < 4 ? "LeNet" : "ResNet", generation: 10 * (index % 7), networks };
  });
}

function personsAnswer(plan: StudyPlan) {
  return ({ options, target, phase }: Trial, _voter: number, random: Random): unknown => {
    const offersCantTell = plan.rules.design.phases[phase]?.protocol.values.cantTell !== "notOffered";
    const draw = random.uniform();
    if (draw < 0.02) return null;
    if (draw < 0.06 && offersCantTell) return { cantTell: true };
    return { choice: target !== null && draw < 0.53 ? target : random.below(options.length) };
  };
}

/**
 * Every third voter stops after 60% of the trials; voter 4 may inspect the study; voter 3 answers in a fraction of the time; where the plan
 * offers the still version, voter 6 sees it.
 */
export function simulatedStudy(
  plan: StudyPlan,
  {
    voters,
    seed = 1,
    answer = personsAnswer(plan),
    items = () => null,
    sessionShare = ({ finished }) => (finished ? 1 : 0.6),
  }: SimulationOptions,
): SimulatedStudy {
  const people = Array.from(
    { length: voters },
    (_, number): StudyVoter => ({
      number,
      items: items(number),
      finished: number % 3 !== 2,
      insider: number === 4,
      still: number === 6 && plan.stillVersion !== "notOffered",
    }),
  );
  const votes = people.flatMap((voter) => {
    const random = new Random({ seed, generation: voter.number, index: 2, purpose: Purpose.SIMULATE });
    const trials = trialsOf(plan, voter);
    return trials.slice(0, Math.floor(sessionShare(voter) * trials.length)).map((trial): ExportedVote => {
      const refreshHz = voter.number % 4 === 0 ? 120.02 : 59.94;
      const late = random.chance(0.05) ? 1 : 0;
      const planned = plan.rules.design.phases[trial.phase]?.timing.imageMs ?? 0;
      const imageMs = voter.still ? 0 : planned;
      const frames = Math.round((imageMs / 1000) * refreshHz) + late;
      return {
        voter: voter.number,
        trial: trial.number,
        answer: answer(trial, voter.number, random),
        timedOut: false,
        responseMs: random.chance(0.05) ? null : (voter.number === 3 ? 100 : 700) + 2000 * random.uniform() ** 2,
        timing: random.chance(0.1)
          ? null
          : {
              requestedMs: imageMs,
              shownMs: (1000 * frames) / refreshHz,
              maskMs: null,
              frames,
              droppedFrames: late,
              presentations: 1,
              refreshHz,
            },
        votedAt: new Date(Date.UTC(2026, 0, 1, 12, voter.number, trial.number % 60)).toISOString(),
      };
    });
  });
  return { plan, images: simulatedImages(plan.rules.design.stimuli.length, seed), voters: people, votes };
}

/** What an export needs besides voters and votes. */
export function exportedStudy({ plan, images }: StudyData): ExportedStudy {
  const { gold, noise, canaries } = plan.rules.design;
  const photographs = (list: readonly unknown[], source: string): StudyImage[] => list.map(() => ({ source, confidence: null }));
  return {
    study: "STU-12",
    planHash: "a".repeat(64),
    plan,
    images: {
      counted: images,
      gold: photographs(gold, "photograph"),
      noise: photographs(noise, "noise"),
      canary: canaries.map((_, index) => ({ source: "cppn", confidence: 1 - 0.001 * index })),
    },
  };
}
