/** The columns of the user's sessions as a file, without their tokens. */
import type { CsvValue } from "../marks/csv.ts";
import { describeDevice, type ListedSession } from "./sessionList.ts";

export const sessionsFile: Readonly<Record<string, (row: Omit<ListedSession, "token">) => CsvValue>> = {
  device: ({ userAgent }) => describeDevice(userAgent),
  user_agent: ({ userAgent }) => userAgent,
  address: ({ ipAddress }) => ipAddress,
  signed_in: ({ createdAt }) => createdAt,
  last_use: ({ updatedAt }) => updatedAt,
};
