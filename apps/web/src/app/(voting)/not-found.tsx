/** The page of a link that opens no study. */
import { MissingStudy } from "../../features/voting/MissingStudy.tsx";

export default function NotFound() {
  return <MissingStudy />;
}
