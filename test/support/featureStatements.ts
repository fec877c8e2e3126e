/** The calls of each feature that keeps its own list. */

import { accountStatements } from "./accountStatements.ts";
import { bulkStatements } from "./bulkStatements.ts";
import { checkStatements } from "./checkStatements.ts";
import { comparisonStatements } from "./comparisonStatements.ts";
import { exportStatements } from "./exportStatements.ts";
import { forkStatements } from "./forkStatements.ts";
import { importStatements } from "./importStatements.ts";
import { listStatements } from "./listStatements.ts";
import { notificationStatements } from "./notificationStatements.ts";
import { recognitionStatements } from "./recognitionStatements.ts";
import { releaseStatements } from "./releaseStatements.ts";
import { restoringStatements } from "./restoringStatements.ts";
import { searchStatements } from "./searchStatements.ts";
import type { StatementCase } from "./statementCase.ts";
import { studyResultStatements } from "./studyResultStatements.ts";
import { sweepStatements } from "./sweepStatements.ts";
import { trackingStatements } from "./trackingStatements.ts";
import { trashStatements } from "./trashStatements.ts";
import { uploadStatements } from "./uploadStatements.ts";
import { votingStatements } from "./votingStatements.ts";

export const featureStatements: readonly StatementCase[] = [
  ...accountStatements,
  ...checkStatements,
  ...comparisonStatements,
  ...bulkStatements,
  ...exportStatements,
  ...forkStatements,
  ...importStatements,
  ...restoringStatements,
  ...listStatements,
  ...recognitionStatements,
  ...notificationStatements,
  ...releaseStatements,
  ...searchStatements,
  ...studyResultStatements,
  ...sweepStatements,
  ...trackingStatements,
  ...trashStatements,
  ...uploadStatements,
  ...votingStatements,
];
