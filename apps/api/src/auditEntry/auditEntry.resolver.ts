/** Resolves the audit log. */
import type { AuditText } from "@pareidolia/persistence/access/audit/auditEntry";
import type { AuditEntryRecord } from "@pareidolia/persistence/access/audit/readAuditEntries";
import type { UserRecord } from "@pareidolia/persistence/workspace/workspaces/readWorkspaces";
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { encodeGlobalId, type NodeType } from "../globalId/globalId.ts";
import { surveyCost } from "../limits/costs.ts";
import { AuditValuesScalar } from "../openValue/openValues.ts";
import type { Connection } from "../pagination/connection.ts";
import { ConnectionArguments } from "../pagination/connectionArguments.ts";
import { Requires } from "../policy/requires.ts";
import { UserType } from "../viewer/viewer.type.ts";
import { AuditFilterInput } from "./auditEntry.input.ts";
import { AuditEntryType, AuditHeadType, AuditVerificationType, auditEntryConnection } from "./auditEntry.type.ts";

function readText({ text }: AuditEntryRecord): Partial<AuditText> {
  return JSON.parse(text) as Partial<AuditText>;
}

@Resolver(() => AuditEntryType)
export class AuditEntryResolver {
  @Requires("auditEntry:read")
  @Query(() => auditEntryConnection.connection, { description: "The workspace's audit log, latest entry first." })
  auditEntries(
    @Args(() => ConnectionArguments) args: ConnectionArguments,
    @Arg("filter", () => AuditFilterInput, { nullable: true, description: "Which entries to list." })
    filter: AuditFilterInput | null | undefined,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<Connection<AuditEntryRecord>> {
    return services.auditEntries.list(actor, args, filter);
  }

  @Requires("auditEntry:read")
  @Query(() => AuditHeadType, { nullable: true, description: "The latest entry of the audit log; null for an empty log." })
  auditHead(@Ctx() { actor, services }: ApiContext): Promise<AuditHeadType | null> {
    return services.auditEntries.head(actor);
  }

  @Requires("auditEntry:read")
  @Query(() => AuditVerificationType, {
    complexity: surveyCost,
    description: "Verifies the next 5,000 entries of the audit log. To verify all of it, call it again with `next` until that is null.",
  })
  auditVerification(
    @Arg("after", () => String, { nullable: true, description: "`next` of the call before; null to start with the first entry." })
    after: string | null | undefined,
    @Ctx() { actor, services }: ApiContext,
  ): Promise<AuditVerificationType> {
    return services.auditEntries.verify(actor, after);
  }

  @FieldResolver(() => ID, { description: "ID of the entry: opaque, and unique across all types." })
  id(@Root() entry: AuditEntryRecord): string {
    return encodeGlobalId("AuditEntry", entry.id);
  }

  @FieldResolver(() => UserType, { nullable: true, description: "The member who did it; null for a former member or an unknown sender." })
  async user(@Root() entry: AuditEntryRecord, @Ctx() { loaders }: ApiContext): Promise<UserRecord | null> {
    return entry.createdById === null ? null : loaders.user.load(entry.createdById);
  }

  @FieldResolver(() => ID, { description: "ID of the object to which it was done. The object may have been deleted since." })
  subjectId(@Root() { subjectType, subjectId }: AuditEntryRecord): string {
    return encodeGlobalId(subjectType as NodeType, subjectId);
  }

  @FieldResolver(() => String, { nullable: true, description: 'How people name the object, such as "RUN-12"; null if it has no name.' })
  subjectName(@Root() entry: AuditEntryRecord): string | null {
    return readText(entry).subjectName ?? null;
  }

  @FieldResolver(() => AuditValuesScalar, {
    nullable: true,
    description: "Values of what matters before the change; null if there were none.",
  })
  before(@Root() entry: AuditEntryRecord): unknown {
    return readText(entry).before ?? null;
  }

  @FieldResolver(() => AuditValuesScalar, {
    nullable: true,
    description: "Values of what matters after the change; null if there are none.",
  })
  after(@Root() entry: AuditEntryRecord): unknown {
    return readText(entry).after ?? null;
  }
}
