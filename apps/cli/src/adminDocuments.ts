/** The operations of `pareidolia admin`, with what they answer. A test checks each against the API's schema. */
import { mutationText } from "./mutationText.ts";

const memberFields = "id role email joinedAt suspendedAt lastActiveAt keyCount sessionCount user { id name }";

export interface MemberRow {
  readonly id: string;
  readonly role: string;
  readonly email: string;
  readonly joinedAt: string;
  readonly suspendedAt: string | null;
  readonly lastActiveAt: string | null;
  readonly keyCount: number | null;
  readonly sessionCount: number | null;
  readonly user: { readonly id: string; readonly name: string };
}

export interface PageOf<Row> {
  readonly nodes: readonly Row[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

export const members = `query Members($after: String) { members(first: 100, after: $after) { nodes { ${memberFields} }
  pageInfo { hasNextPage endCursor } } }`;

const memberMutation = (name: string, input: string, success: string): string =>
  mutationText(name, input, success, `member { ${memberFields} }`);

export const changeMemberRole = memberMutation("changeMemberRole", "ChangeMemberRoleInput", "MemberSuccess");
export const suspendMember = memberMutation("suspendMember", "MemberInput", "MemberSuccess");
export const restoreMember = memberMutation("restoreMember", "MemberInput", "MemberSuccess");
export const removeMember = memberMutation("removeMember", "MemberInput", "RemoveMemberSuccess");

export interface MemberChanged {
  readonly result: { readonly __typename: string; readonly member: MemberRow };
}

export interface InvitationRow {
  readonly id: string;
  readonly email: string;
  readonly role: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly invitedBy: { readonly name: string } | null;
}

const invitationFields = "id email role createdAt expiresAt invitedBy { name }";

export const invitations = `query Invitations { invitations { ${invitationFields} } }`;

export const revokeInvitation = mutationText("revokeInvitation", "RevokeInvitationInput", "RevokeInvitationSuccess", "revokedId");

export interface KeyRow {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly scopes: readonly string[];
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
  readonly revokedAt: string | null;
  readonly user: { readonly name: string } | null;
}

const keyFields = "id name prefix scopes createdAt expiresAt lastUsedAt revokedAt user { name }";

export const keys = `query Keys($valid: Boolean, $after: String) { apiKeys(first: 100, filter: { valid: $valid }, after: $after) { nodes { ${keyFields} }
  pageInfo { hasNextPage endCursor } } }`;

export const revokeKey = mutationText("revokeApiKey", "RevokeApiKeyInput", "RevokeApiKeySuccess", `apiKey { ${keyFields} }`);

export interface KeyRevoked {
  readonly result: { readonly __typename: string; readonly apiKey: KeyRow };
}

const share = "count byteLength";

export const quotas = `query Quotas { quotas { storage { used limit } sent { used limit } pendingUploads { used limit } runs { running limit share } models { ${share} }
  photos { ${share} } uploads { ${share} } pending { ${share} } releases { ${share} } exports { ${share} } } }`;

interface Quota {
  readonly used: number;
  readonly limit: number;
}

export interface QuotasRead {
  readonly quotas: { readonly runs: { readonly running: number; readonly limit: number | null; readonly share: number } } & Readonly<
    Record<"storage" | "sent" | "pendingUploads", Quota>
  > &
    Readonly<
      Record<"models" | "photos" | "uploads" | "pending" | "releases" | "exports", { readonly count: number; readonly byteLength: number }>
    >;
}

export interface AuditRow {
  readonly sequence: number;
  readonly at: string;
  readonly userName: string | null;
  readonly keyPrefix: string | null;
  readonly clientAddress: string | null;
  readonly action: string;
  readonly subjectType: string;
  readonly subjectName: string | null;
  readonly hash: string;
}

export const auditEntries = `query AuditEntries($filter: AuditFilter, $first: Int = 100, $after: String) {
  auditEntries(filter: $filter, first: $first, after: $after) { nodes { sequence at userName keyPrefix clientAddress action subjectType
    subjectName hash } pageInfo { hasNextPage endCursor } } }`;

export const auditVerification = `query AuditVerification($after: String) { auditVerification(after: $after) { entries next brokenSequence
  brokenReason } }`;

export interface AuditVerified {
  readonly auditVerification: {
    readonly entries: number;
    readonly next: string | null;
    readonly brokenSequence: number | null;
    readonly brokenReason: string | null;
  };
}
