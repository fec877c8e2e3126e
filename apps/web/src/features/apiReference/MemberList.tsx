/** Fields, arguments or enum values with their types and descriptions. Each has an address of its own. */
import styles from "./ApiReference.module.css";
import { Description } from "./Description.tsx";
import type { ReferenceField, ReferenceMember } from "./referenceType.ts";
import { TypeName } from "./TypeName.tsx";

type Listed = Pick<ReferenceMember, "name" | "description" | "deprecated" | "default"> &
  Partial<Pick<ReferenceField, "type" | "arguments">>;

interface MemberListProps {
  readonly members: readonly Listed[];
  /** Prefix of the anchors of arguments: the name of their field. */
  readonly of?: string;
}

export function MemberList({ members, of }: MemberListProps) {
  return (
    <dl className={styles.members}>
      {members.map((member) => (
        <Member key={member.name} member={member} id={of === undefined ? member.name : `${of}.${member.name}`} />
      ))}
    </dl>
  );
}

function Member({ member, id }: { readonly member: Listed; readonly id: string }) {
  const { name, type, description, deprecated, default: value, arguments: given = [] } = member;
  return (
    <div id={id} className={styles.member}>
      <dt>
        <a className={styles.name} href={`#${id}`}>
          {name}
        </a>{" "}
        {type === undefined ? null : <TypeName type={type} />}
        {value === undefined ? null : <code className={styles.type}> = {value}</code>}
      </dt>
      <dd>
        {deprecated === undefined ? null : (
          <p className={styles.deprecated}>
            Deprecated: <Description text={deprecated} />
          </p>
        )}
        <p>
          <Description text={description} />
        </p>
        {given.length === 0 ? null : <MemberList members={given} of={name} />}
      </dd>
    </div>
  );
}
