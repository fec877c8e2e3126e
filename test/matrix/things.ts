/** The objects of a workspace that the matrix's requests name. */
import type { NodeType } from "@pareidolia/api/globalId/globalId";
import type { IssuedForm } from "../support/sendUpload.ts";
import type { Ballots } from "./ballots.ts";
import type { Exports } from "./exports.ts";
import type { Imports } from "./imports.ts";
import type { Releases } from "./releases.ts";
import type { Rooms } from "./rooms.ts";
import type { SavedComparisons } from "./savedComparisons.ts";
import type { Sweeps } from "./sweeps.ts";
import type { Trash } from "./trash.ts";

/** Objects of one workspace, by their global IDs. Uploads have their own IDs, images their hashes, and images for voters their addresses. */
export interface Filled extends Ballots, Exports, Imports, Releases, Rooms, SavedComparisons, Sweeps, Trash {
  readonly workspaceId: string;
  /** One object of each type. */
  readonly nodes: Readonly<Record<NodeType, string>>;
  /** Runs of each kind, and runs in the state that a mutation needs. */
  readonly runs: Readonly<Record<"evolution" | "ascent" | "perturbation" | "retraining" | "imported" | "queued" | "paused", string>>;
  readonly queuedAnalysis: string;
  /** An elite without analyses. */
  readonly otherElite: string;
  /** An elite of another run whose parent is one of the node's run. */
  readonly forkedElite: string;
  readonly workspaceWebhook: string;
  /** A network for MNIST's ten classes. */
  readonly tenClassModel: string;
  /** A draft; the node is an open study. */
  readonly draftStudy: string;
  /** A study of free text whose only text has no code. */
  readonly textStudy: string;
  /** An experiment without runs. */
  readonly otherExperiment: string;
  readonly archivedExperiment: string;
  /** A comment that the owner has deleted a moment ago. */
  readonly deletedComment: string;
  /** A view that was deleted a moment ago. */
  readonly deletedView: string;
  readonly upload: string;
  readonly otherUpload: string;
  readonly photoUpload: string;
  readonly importUpload: string;
  /** An unfinished upload, and its form. */
  readonly sentUpload: string;
  readonly form: IssuedForm;
  readonly sha256: string;
  /** A network that all workspaces share, with the keys of this one's runs against it, and their speed in evaluations per second. */
  readonly builtInModel: string;
  readonly runKeys: readonly string[];
  readonly speed: number;
  /** Runs of this workspace that start from the photo. */
  readonly photoRuns: number;
  /** Experiments of this workspace that are not archived. */
  readonly experiments: number;
  /** The workspace's own, in bytes; the two workspaces have different ones. */
  readonly storageQuota: number;
  /** An API key of a member who is not one of the matrix's people. */
  readonly keyOfAnother: string;
  /** Bulk queries that are under way, by the user who started each. */
  readonly activeBulkQueries: Readonly<Record<string, string>>;
  /** Keys of those that have ended. */
  readonly bulkQueryKeys: Readonly<Record<string, string>>;
  /** Uploads of which no part has arrived, by the user who requested each. */
  readonly partUploads: Readonly<Record<string, string>>;
  /** The bulk query, notification, webhook and delivery of one of the matrix's people. */
  readonly ofPerson: (userId: string) => Readonly<Record<"BulkQuery" | "Notification" | "Webhook" | "WebhookDelivery", string>>;
  /** A user who was removed from the workspace a moment ago. */
  readonly removedUser: string;
  /** A workspace that the owner has deleted. */
  readonly deletedWorkspace: string;
}

/** What is written once both workspaces are filled. */
interface WrittenLast {
  /** The token in the link of the study that is the node. */
  readonly studyLink: string;
  readonly workspaceName: string;
  /** A place in the log of changes, after which it names the run that is the node, and the bulk query of each member. */
  readonly since: number;
}

export interface Things extends Filled, WrittenLast {}
