import { HomePage } from "../../../../features/home/HomePage.tsx";

export default function Page() {
  return <HomePage />;
}
