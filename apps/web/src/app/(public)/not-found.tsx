/** The page of an experiment that does not exist, or is not shared: the same for both. */
import { MissingExperiment } from "../../features/publicExperiments/MissingExperiment.tsx";

export default function NotFound() {
  return <MissingExperiment />;
}
