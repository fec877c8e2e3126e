/** What each role may do, in the words of the API's schema. */
import { roleDescriptions } from "../../graphql/generated/enumDescriptions.ts";
import styles from "./Members.module.css";
import { roleName, roles } from "./roles.ts";

export function RoleList() {
  return (
    <section aria-labelledby="roles">
      <div className="sectionHead">
        <h2 id="roles">What each role may do</h2>
      </div>
      <dl className={styles.roles}>
        {roles.map((role) => (
          <div key={role}>
            <dt>{roleName(role)}</dt>
            <dd>{roleDescriptions[role]}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
