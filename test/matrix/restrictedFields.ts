/**
 * Fields that are hidden from some senders who see the object: null or empty for them. A field that hides its value and is missing here
 * fails, since it shows nothing to senders who may read its object.
 */
import type { Guard } from "@pareidolia/api/policy/requires";
import type { GraphQLObjectType } from "graphql";

export interface Restriction {
  /** The field, such as "Run.failure". */
  readonly field: string;
  /** What the sender must be permitted besides reading the object; without it, all members see the field, and no visitor. */
  readonly action?: Guard;
  /** Names of the people whom the object describes; they also see the field. */
  readonly about?: readonly string[];
  /** Its value is an object, whose own values are tested by the object's type. */
  readonly isObject?: boolean;
  /** Objects of the product show the field to everyone, so only paths that start at the workspace's own object are tested. */
  readonly isOpenForProduct?: boolean;
}

type Terms = Omit<Restriction, "field">;

const ofMembers: Terms = {};
const ofOwners: Terms = { action: "member:inspect" };
const ofResearchers: Terms = { action: "study:inspect" };
const objectOfResearchers: Terms = { ...ofResearchers, isObject: true };
const ofNetworks: Terms = { isOpenForProduct: true };

export const restrictedFields: Readonly<Record<string, Terms>> = {
  "Elite.recognition": objectOfResearchers,
  "Experiment.notes": ofMembers,
  "Experiment.shareToken": { action: "shareLink:read" },
  "Image.studies": objectOfResearchers,
  "Member.hasSecondFactor": { ...ofOwners, about: ["viewer", "viewer's key with all scopes"] },
  "Member.keyCount": ofOwners,
  "Member.sessionCount": ofOwners,
  "Model.byteLength": ofNetworks,
  "Model.description": ofNetworks,
  "Model.labelSpace": ofNetworks,
  "Model.licence": ofNetworks,
  "Model.preprocessing": ofNetworks,
  "Model.report": ofNetworks,
  "Model.sha256": ofNetworks,
  "Model.slug": ofNetworks,
  "Model.source": ofNetworks,
  "Model.testError": ofNetworks,
  "Model.url": ofNetworks,
  "Perturbation.recognition": objectOfResearchers,
  "Run.failure": ofMembers,
  "Run.notes": ofMembers,
  "Run.outage": ofMembers,
  "Run.outageSince": ofMembers,
  "Run.recognition": objectOfResearchers,
  "Run.restoredFrom": { isObject: true },
  "RunProvenance.codeVersions": ofMembers,
  "RunProvenance.dependencies": ofMembers,
  "RunProvenance.instructionSets": ofMembers,
  "RunProvenance.lockFileHashes": ofMembers,
  "RunProvenance.modelHash": ofMembers,
  "RunProvenance.modelSha256": ofMembers,
  "RunProvenance.nodeVersions": ofMembers,
  "Study.changedBy": objectOfResearchers,
  "Study.draft": ofResearchers,
  "Study.linkToken": ofResearchers,
  "Study.openedBy": objectOfResearchers,
  "Study.planText": ofResearchers,
  "Study.previewImages": objectOfResearchers,
  "Study.seed": ofResearchers,
  "Study.sessionBytes": ofResearchers,
  "Study.selectedRuns": objectOfResearchers,
  "Trajectory.recognition": objectOfResearchers,
  "Viewer.changeSeq": { action: "workspaceChange:read" },
  "Viewer.role": { action: "workspace:read" },
  // A key sees only its own workspace.
  "WorkspaceMembership.deletedAt": { action: "workspace:restore" },
  "WorkspaceMembership.restorableUntil": { action: "workspace:restore" },
};

export function restrictionOf(type: GraphQLObjectType, field: string): Restriction | undefined {
  const found = [type, ...type.getInterfaces()].map(({ name }) => `${name}.${field}`).find((name) => name in restrictedFields);
  return found === undefined ? undefined : { ...restrictedFields[found], field: found };
}
