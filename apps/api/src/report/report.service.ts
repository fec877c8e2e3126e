/** Reads reports. They are about the paper and this machine, not about a workspace's runs, so all workspaces share them. */
import type { Actor } from "@pareidolia/core/actor";
import {
  countReports,
  findReport,
  findReportPage,
  listReports,
  type ReportRecord,
} from "@pareidolia/persistence/files/reports/reportFolders";
import { type Connection, toConnection } from "../pagination/connection.ts";
import { type ConnectionArguments, readPage } from "../pagination/connectionArguments.ts";
import type { CursorShape } from "../pagination/cursor.ts";
import { counterOfAll } from "../pagination/rowCounter.ts";
import { policy } from "../policy/policy.ts";
import { productResource } from "../policy/resource.ts";

const byWriting: CursorShape = { name: "reports.writtenAt", values: ["time", "text"] };

export class ReportService {
  readonly #folders: readonly string[];

  constructor(folders: readonly string[]) {
    this.#folders = folders;
  }

  async list(actor: Actor, args: ConnectionArguments): Promise<Connection<ReportRecord>> {
    policy.require(actor, "report:read", productResource);
    const page = await listReports(this.#folders, readPage(args, byWriting));
    return toConnection(
      page,
      byWriting,
      counterOfAll(() => countReports(this.#folders)),
    );
  }

  async find(actor: Actor, id: string): Promise<ReportRecord | null> {
    policy.require(actor, "report:read", productResource);
    return findReport(this.#folders, id);
  }

  async findPage(actor: Actor, id: string): Promise<Uint8Array | null> {
    policy.require(actor, "report:read", productResource);
    return findReportPage(this.#folders, id);
  }
}
