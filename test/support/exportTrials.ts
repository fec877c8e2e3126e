/** The export of a simulated study as one CSV text. */
import { collectStudy } from "@pareidolia/perception/study/results/evidence";
import type { ExportedVoter } from "@pareidolia/perception/study/trialRow";
import { csvHeader, csvLines } from "@pareidolia/perception/study/trialTable";
import { exportedStudy, type SimulatedStudy } from "./studyVotes.ts";

export function exportedVoters(data: SimulatedStudy): ExportedVoter[] {
  const { voters, exclusions } = collectStudy(data);
  return voters.map((voter, index) => ({
    voter,
    votes: data.votes.filter((vote) => vote.voter === voter.number),
    exclusions: exclusions[index] ?? [],
  }));
}

export function trialsAsCsv(data: SimulatedStudy): string {
  const study = exportedStudy(data);
  return [csvHeader(), ...exportedVoters(data).flatMap((voter) => [...csvLines(study, voter)])].join("");
}
