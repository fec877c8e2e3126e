/** The audit log: who did what to what, from where. */
import { Field, Int, ObjectType } from "type-graphql";
import { NodeInterface } from "../node/node.type.ts";
import { connectionTypesOf } from "../pagination/connection.ts";
import { Requires } from "../policy/requires.ts";
import { DateTimeScalar } from "../scalars.ts";

@Requires("auditEntry:read")
@ObjectType("AuditEntry", {
  implements: NodeInterface,
  description: "One change in the workspace, or one sign-in. Entries are never changed; the hash of each covers the one before it.",
})
export class AuditEntryType extends NodeInterface {
  @Field(() => Int, { description: "Number of the entry in the workspace's log: from 1, without gaps." })
  readonly sequence!: number;

  @Field(() => DateTimeScalar, { description: "When it was done." })
  readonly at!: Date;

  @Field(() => String, {
    nullable: true,
    description: "Current name of the user who did it; null for an unknown sender or a deleted account.",
  })
  readonly userName!: string | null;

  @Field(() => String, { nullable: true, description: "First characters of the API key with which it was done; null for the web pages." })
  readonly keyPrefix!: string | null;

  @Field(() => String, { nullable: true, description: "Network address from which the request came; null if it is unknown." })
  readonly clientAddress!: string | null;

  @Field(() => String, { description: 'What was done, such as "run:start".' })
  readonly action!: string;

  @Field(() => String, { description: 'Type of the object to which it was done, such as "Run".' })
  readonly subjectType!: string;

  @Field(() => String, { description: "Hash of the entry before this one, in hexadecimal; empty for the first." })
  readonly previousHash!: string;

  @Field(() => String, {
    description:
      "HMAC-SHA-256, in hexadecimal, of the previous hash, a newline, the number, a newline and the text, under a key that the database does not hold. Entries of earlier versions, before the entry `auditLog:key`, have a SHA-256 of the same.",
  })
  readonly hash!: string;

  @Field(() => String, { nullable: true, description: "Hash of the entry after this one; null for the latest." })
  readonly nextHash!: string | null;

  @Field(() => String, { description: "The whole entry as JSON, as the hash covers it." })
  readonly text!: string;
}

export const auditEntryConnection = connectionTypesOf({
  noun: "AuditEntry",
  plural: "audit entries",
  node: AuditEntryType,
  action: "auditEntry:read",
});

@Requires("auditEntry:read")
@ObjectType("AuditHead", { description: "The latest entry of the audit log. Note its hash: with it, removed entries are noticed later." })
export class AuditHeadType {
  @Field(() => Int, { description: "Number of the entry, which is also the number of entries." })
  readonly sequence!: number;

  @Field(() => DateTimeScalar, { description: "When the entry was written." })
  readonly at!: Date;

  @Field(() => String, { description: "Hash of the entry, in hexadecimal." })
  readonly hash!: string;
}

@Requires("auditEntry:read")
@ObjectType("AuditVerification", { description: "Result of recomputing the hashes of a part of the audit log." })
export class AuditVerificationType {
  @Field(() => Int, { description: "Number of the last entry that is intact, as are all entries before it; 0 for none." })
  readonly entries!: number;

  @Field(() => String, {
    nullable: true,
    description: "Where to continue, as the argument `after`; null when the log is verified to its end.",
  })
  readonly next!: string | null;

  @Field(() => Int, { nullable: true, description: "Number of the first entry that was changed, removed or inserted; null if none was." })
  readonly brokenSequence!: number | null;

  @Field(() => String, { nullable: true, description: "What is wrong with that entry; null if all is well." })
  readonly brokenReason!: string | null;

  @Field(() => Int, {
    nullable: true,
    description:
      "Number of the entry that was the log's head when it was last kept outside of the database; null for none. The end of the log is compared with it.",
  })
  readonly keptHead!: number | null;
}
