/** The dialog that lists all keyboard shortcuts, opened by "?". */
import { Button } from "../marks/Button.tsx";
import dialogStyles from "../marks/Dialog.module.css";
import { Dialog } from "../marks/Dialog.tsx";
import { useApplePlatform } from "../marks/Keys.tsx";
import { namesOfKeys } from "../marks/keyNames.ts";
import styles from "./ShortcutSheet.module.css";
import { shortcutGroups } from "./shortcuts.ts";

export function ShortcutSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const isApple = useApplePlatform();
  return (
    <Dialog title="Keyboard shortcuts" open={open} onClose={onClose}>
      {shortcutGroups.map((group) => (
        <section key={group.scope}>
          <h3>{group.scope}</h3>
          <dl className={styles.shortcutList}>
            {group.keys.map(([keys, action]) => (
              <div key={action}>
                <dt>
                  {namesOfKeys(keys, isApple).map((key, index) => (
                    <kbd key={`${index} ${key}`}>{key}</kbd>
                  ))}
                </dt>
                <dd>{action}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <div className={dialogStyles.dialogActions}>
        <Button onClick={onClose}>Close</Button>
      </div>
    </Dialog>
  );
}
