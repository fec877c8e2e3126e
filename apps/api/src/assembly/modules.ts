/** Every noun of the API. A new noun adds one line. */
import "reflect-metadata";
import { analysisModule } from "../analysis/analysis.module.ts";
import { apiKeyModule } from "../apiKey/apiKey.module.ts";
import { ascentModule } from "../ascent/ascent.module.ts";
import { auditEntryModule } from "../auditEntry/auditEntry.module.ts";
import { bulkModule } from "../bulk/bulk.module.ts";
import { bulkQueryModule } from "../bulkQuery/bulkQuery.module.ts";
import { chainModule } from "../chain/chain.module.ts";
import { cleanUpModule } from "../cleanUp/cleanUp.module.ts";
import { commentModule } from "../comment/comment.module.ts";
import { comparisonModule } from "../comparison/comparison.module.ts";
import { configurationModule } from "../configuration/configuration.module.ts";
import { contactSheetModule } from "../contactSheet/contactSheet.module.ts";
import { difficultyModule } from "../difficulty/difficulty.module.ts";
import { diversityModule } from "../diversity/diversity.module.ts";
import { eliteModule } from "../elite/elite.module.ts";
import { emailModule } from "../email/email.module.ts";
import { encodingModule } from "../encoding/encoding.module.ts";
import { evolutionModule } from "../evolution/evolution.module.ts";
import { experimentModule } from "../experiment/experiment.module.ts";
import { exportModule } from "../export/export.module.ts";
import { firstAnswerModule } from "../firstAnswer/firstAnswer.module.ts";
import { forkModule } from "../fork/fork.module.ts";
import { galleryImageModule } from "../galleryImage/galleryImage.module.ts";
import { genomeModule } from "../genome/genome.module.ts";
import { imageModule } from "../image/image.module.ts";
import { importModule } from "../import/import.module.ts";
import { invitationModule } from "../invitation/invitation.module.ts";
import { lockModule } from "../lock/lock.module.ts";
import { memberModule } from "../member/member.module.ts";
import { mentionModule } from "../mention/mention.module.ts";
import { methodModule } from "../method/method.module.ts";
import { modelModule } from "../model/model.module.ts";
import { nodeModule } from "../node/node.module.ts";
import { normingRoomModule } from "../normingRoom/normingRoom.module.ts";
import { notificationModule } from "../notification/notification.module.ts";
import { objectStoreModule } from "../objectStore/objectStore.module.ts";
import { outcomeModule } from "../outcome/outcome.module.ts";
import { perturbationModule } from "../perturbation/perturbation.module.ts";
import { photoModule } from "../photo/photo.module.ts";
import { phylogenyModule } from "../phylogeny/phylogeny.module.ts";
import { pinModule } from "../pin/pin.module.ts";
import { declareActions } from "../policy/policy.ts";
import { presenceModule } from "../presence/presence.module.ts";
import { quotaModule } from "../quota/quota.module.ts";
import { rateLimitModule } from "../rateLimit/rateLimit.module.ts";
import { recallModule } from "../recall/recall.module.ts";
import { recognitionModule } from "../recognition/recognition.module.ts";
import { relatednessModule } from "../relatedness/relatedness.module.ts";
import { releaseModule } from "../release/release.module.ts";
import { reportModule } from "../report/report.module.ts";
import { resultModule } from "../result/result.module.ts";
import { retentionRuleModule } from "../retentionRule/retentionRule.module.ts";
import { runModule } from "../run/run.module.ts";
import { runEventModule } from "../runEvent/runEvent.module.ts";
import { runPlanModule } from "../runPlan/runPlan.module.ts";
import { savedComparisonModule } from "../savedComparison/savedComparison.module.ts";
import { scoreModule } from "../score/score.module.ts";
import { searchModule } from "../search/search.module.ts";
import { sessionModule } from "../session/session.module.ts";
import { studyModule } from "../study/study.module.ts";
import { studyAssignmentModule } from "../studyAssignment/studyAssignment.module.ts";
import { studyExportModule } from "../studyExport/studyExport.module.ts";
import { studyPlaceModule } from "../studyPlace/studyPlace.module.ts";
import { studyResultModule } from "../studyResult/studyResult.module.ts";
import { studyTallyModule } from "../studyTally/studyTally.module.ts";
import { sweepModule } from "../sweep/sweep.module.ts";
import { tagModule } from "../tag/tag.module.ts";
import { textCodingModule } from "../textCoding/textCoding.module.ts";
import { trajectoryModule } from "../trajectory/trajectory.module.ts";
import { transferModule } from "../transfer/transfer.module.ts";
import { trashModule } from "../trash/trash.module.ts";
import { uploadModule } from "../upload/upload.module.ts";
import { verificationModule } from "../verification/verification.module.ts";
import { viewModule } from "../view/view.module.ts";
import { viewerModule } from "../viewer/viewer.module.ts";
import { votingModule } from "../voting/voting.module.ts";
import { webhookModule } from "../webhook/webhook.module.ts";
import { workerModule } from "../worker/worker.module.ts";
import { workspaceModule } from "../workspace/workspace.module.ts";
import { workspaceChangeModule } from "../workspaceChange/workspaceChange.module.ts";
import type { NounModule } from "./nounModule.ts";

export const modules: readonly NounModule[] = [
  viewerModule,
  workspaceModule,
  apiKeyModule,
  memberModule,
  invitationModule,
  sessionModule,
  emailModule,
  auditEntryModule,
  experimentModule,
  runModule,
  searchModule,
  tagModule,
  pinModule,
  commentModule,
  mentionModule,
  bulkModule,
  bulkQueryModule,
  workspaceChangeModule,
  notificationModule,
  webhookModule,
  lockModule,
  trashModule,
  retentionRuleModule,
  forkModule,
  evolutionModule,
  runEventModule,
  sweepModule,
  runPlanModule,
  eliteModule,
  galleryImageModule,
  genomeModule,
  imageModule,
  importModule,
  contactSheetModule,
  scoreModule,
  modelModule,
  encodingModule,
  viewModule,
  workerModule,
  objectStoreModule,
  studyModule,
  studyExportModule,
  studyResultModule,
  studyTallyModule,
  releaseModule,
  exportModule,
  normingRoomModule,
  textCodingModule,
  studyAssignmentModule,
  studyPlaceModule,
  cleanUpModule,
  analysisModule,
  verificationModule,
  ascentModule,
  comparisonModule,
  savedComparisonModule,
  configurationModule,
  chainModule,
  difficultyModule,
  diversityModule,
  methodModule,
  outcomeModule,
  perturbationModule,
  photoModule,
  phylogenyModule,
  presenceModule,
  quotaModule,
  firstAnswerModule,
  rateLimitModule,
  recallModule,
  recognitionModule,
  relatednessModule,
  reportModule,
  resultModule,
  trajectoryModule,
  transferModule,
  uploadModule,
  votingModule,
  nodeModule,
];

for (const { actions = {} } of modules) declareActions(actions);
