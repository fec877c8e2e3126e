/** Reads reports. They speak of the paper and of this machine, not of a workspace's runs. */
import type { Actor } from "@pareidolia/core/actor";
import { findReportPage, listReports, type ReportRecord } from "@pareidolia/persistence/reports/reportFolders";
import { policy } from "../policy/policy.ts";

const ofTheProduct = { workspaceId: null };

export class ReportService {
  readonly #folders: readonly string[];

  constructor(folders: readonly string[]) {
    this.#folders = folders;
  }

  async list(actor: Actor): Promise<readonly ReportRecord[]> {
    policy.require(actor, "report:read", ofTheProduct);
    return listReports(this.#folders);
  }

  async find(actor: Actor, id: string): Promise<ReportRecord | null> {
    return (await this.list(actor)).find((report) => report.id === id) ?? null;
  }

  async findPage(actor: Actor, id: string): Promise<Uint8Array | null> {
    policy.require(actor, "report:read", ofTheProduct);
    return findReportPage(this.#folders, id);
  }
}
