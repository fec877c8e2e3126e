/**
 * The statistics of votes that are compared with closed forms. The gates receive this record, so a test can replace one statistic by a
 * mutant and show that a gate notices.
 */
import { holm } from "@pareidolia/analysis/holm";
import { medianInterval } from "@pareidolia/analysis/medianInterval";
import { quantile } from "@pareidolia/analysis/quantile";
import { wilsonInterval } from "@pareidolia/analysis/wilson";
import type { Aggregation } from "@pareidolia/perception/aggregation/aggregation";
import { bradleyTerry } from "@pareidolia/perception/aggregation/bradleyTerry";
import { aggregators } from "@pareidolia/perception/aggregation/registry";
import { agreementInterval } from "@pareidolia/perception/agreement/acrossVotersAndImages";
import { errorConsistency, errorConsistencyInterval, meanErrorConsistency } from "@pareidolia/perception/agreement/errorConsistency";
import { trialsForPrecision } from "@pareidolia/perception/agreement/errorConsistencyPlan";
import { fleissKappa, fleissKappaInterval } from "@pareidolia/perception/agreement/fleissKappa";
import { krippendorffAlpha, krippendorffAlphaInterval } from "@pareidolia/perception/agreement/krippendorffAlpha";
import { meanPairwiseKappa, pairwiseKappa } from "@pareidolia/perception/agreement/pairwiseKappa";
import { percentAgreement, percentAgreementInterval } from "@pareidolia/perception/agreement/percentAgreement";
import { shareReliability } from "@pareidolia/perception/agreement/shareReliability";
import { splitHalfReliability } from "@pareidolia/perception/agreement/splitHalf";
import { calibrationBands, calibrationError, errorBand, reliabilityDiagram } from "@pareidolia/perception/calibration/reliability";
import { imageDistances, meanWithInterval } from "@pareidolia/perception/calibration/scores";
import { fitTemperature } from "@pareidolia/perception/calibration/temperature";
import { codingAgreement } from "@pareidolia/perception/coding/codingAgreement";
import { intervalOverVoters } from "@pareidolia/perception/detection/overVoters";
import {
  forcedChoiceDPrime,
  logLinearRate,
  withoutGuesses,
  yesNoSensitivity,
  yesNoThresholds,
} from "@pareidolia/perception/detection/signalDetection";
import { benjaminiHochberg } from "@pareidolia/perception/images/benjaminiHochberg";
import { describeImages } from "@pareidolia/perception/images/describeImages";
import { meanShare, sharesOfImages } from "@pareidolia/perception/images/meanShare";
import { meanRecognised, recognisedShare } from "@pareidolia/perception/images/recognisedShare";
import { betaInterval } from "@pareidolia/perception/intervals/betaInterval";
import { sequenceContains, sequenceInterval } from "@pareidolia/perception/intervals/confidenceSequence";
import { exactInterval } from "@pareidolia/perception/intervals/exactInterval";
import { meanInterval, momentsOf } from "@pareidolia/perception/intervals/meanInterval";
import { intervalOfShare, shareIntervalOf } from "@pareidolia/perception/intervals/shareInterval";
import { shareOverVoters } from "@pareidolia/perception/intervals/shareOverVoters";
import { mostDisputed } from "@pareidolia/perception/norming/mostDisputed";
import { roomAgreement } from "@pareidolia/perception/norming/roomAgreement";
import { bcaBootstrap } from "@pareidolia/perception/numbers/bcaBootstrap";
import { binomialUpperTail } from "@pareidolia/perception/numbers/binomialTail";
import { planTotal } from "@pareidolia/perception/power/planTotal";
import { planVoters } from "@pareidolia/perception/power/planVoters";
import { decide } from "@pareidolia/perception/stopping/registry";
import { differenceOfMeans } from "@pareidolia/perception/study/differenceOfMeans";
import { differenceOfShares } from "@pareidolia/perception/study/differenceOfShares";
import { comparePairedShares } from "@pareidolia/perception/study/pairedComparison";
import { totalAgreement } from "@pareidolia/perception/study/totalAgreement";
import { countAboveChance } from "@pareidolia/perception/study/waysOfCounting";
import { canaryTest } from "@pareidolia/perception/voters/canaryTest";
import { describeVoters } from "@pareidolia/perception/voters/describeVoters";
import { responseBias, scoreConfusion } from "@pareidolia/perception/voters/responseBias";
import { responseTimes } from "@pareidolia/perception/voters/responseTimes";
import { sessionSlope, voterSlope } from "@pareidolia/perception/voters/sessionSlope";
import { skillsOf } from "@pareidolia/perception/voters/skills";
import type { VoteTable } from "@pareidolia/perception/voteTable";
import type { ReportRow } from "../../report.ts";

function aggregatorOf(id: string): (table: VoteTable) => Aggregation {
  const found = aggregators.find((aggregator) => aggregator.id === id);
  if (found === undefined) throw new Error(`There is no aggregator ${id}.`);
  return (table) => found.aggregate(table);
}

export const realStatistics = {
  exactInterval,
  wilsonInterval,
  betaInterval,
  sequenceInterval,
  sequenceContains,
  krippendorffAlpha,
  krippendorffAlphaInterval,
  fleissKappa,
  fleissKappaInterval,
  percentAgreement,
  percentAgreementInterval,
  pairwiseKappa,
  meanPairwiseKappa,
  errorConsistency,
  errorConsistencyInterval,
  meanErrorConsistency,
  trialsForPrecision,
  totalAgreement,
  sessionSlope,
  voterSlope,
  canaryTest,
  benjaminiHochberg,
  decide,
  planVoters,
  planTotal,
  calibrationError,
  calibrationBands,
  imageDistances,
  meanWithInterval,
  fitTemperature,
  majority: aggregatorOf("majority"),
  oneCoin: aggregatorOf("oneCoin"),
  dawidSkene: aggregatorOf("dawidSkene"),
  mace: aggregatorOf("mace"),
  glad: aggregatorOf("glad"),
  bradleyTerry,
  holm,
  medianInterval,
  quantile,
  agreementInterval,
  shareReliability,
  splitHalfReliability,
  codingAgreement,
  intervalOverVoters,
  forcedChoiceDPrime,
  logLinearRate,
  withoutGuesses,
  yesNoSensitivity,
  yesNoThresholds,
  describeImages,
  meanShare,
  sharesOfImages,
  recognisedShare,
  meanRecognised,
  meanInterval,
  momentsOf,
  intervalOfShare,
  shareIntervalOf,
  shareOverVoters,
  mostDisputed,
  roomAgreement,
  bcaBootstrap,
  binomialUpperTail,
  differenceOfMeans,
  differenceOfShares,
  comparePairedShares,
  countAboveChance,
  describeVoters,
  responseBias,
  scoreConfusion,
  responseTimes,
  skillsOf,
  errorBand,
  reliabilityDiagram,
};

export type Statistics = typeof realStatistics;

/** A group of gates. */
export interface ClosedFormGates {
  readonly id: string;
  /** The statistics that it calls: a mutant of one of them is tried on this group. */
  readonly of: readonly (keyof Statistics)[];
  rows(statistics: Statistics): readonly ReportRow[];
}
