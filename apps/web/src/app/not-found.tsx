/** Every address outside of workspaces that has no page. */
import { EntranceFrame } from "../features/entrance/EntranceFrame.tsx";
import { EntranceMessage } from "../features/entrance/FormParts.tsx";
import { ButtonLink } from "../features/marks/Button.tsx";

export default function NotFound() {
  return (
    <EntranceFrame>
      <EntranceMessage title="Page not found" action={<ButtonLink href="/">Home</ButtonLink>}>
        Check the address, or start again from the home page.
      </EntranceMessage>
    </EntranceFrame>
  );
}
