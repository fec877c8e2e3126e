/** The messages between a worker and the thread that computes the results of studies. */
import type { CodedText } from "@pareidolia/perception/coding/textCodes";
import type { RecognitionVotes } from "@pareidolia/perception/study/recognition";
import type { StudyImage, StudyVote, StudyVoter } from "@pareidolia/perception/study/results/studyData";

export interface VoterVotes {
  readonly voter: StudyVoter;
  readonly votes: readonly StudyVote[];
}

/** What results are computed from besides plan and votes. */
export interface OtherSources {
  readonly images: readonly StudyImage[];
  /** Texts whose codes are revealed. */
  readonly coded: readonly CodedText[];
}

export type ToResultThread =
  /** Starts with a plan, without voters. */
  | { readonly kind: "plan"; readonly studyId: string; readonly planText: string }
  | { readonly kind: "voters"; readonly studyId: string; readonly voters: readonly VoterVotes[]; readonly removed: readonly number[] }
  | { readonly kind: "compute"; readonly id: number; readonly studyId: string; readonly others: OtherSources }
  | { readonly kind: "forget"; readonly studyId: string };

export type FromResultThread =
  | {
      readonly kind: "computed";
      readonly id: number;
      readonly results: readonly { readonly kind: string; readonly text: string }[];
      readonly recognition: RecognitionVotes;
    }
  | { readonly kind: "failed"; readonly id: number; readonly message: string };
