/**
 * What this program keeps of each voter, for how long, and how much a session loads: facts that researchers cannot change, which every consent
 * states beside their own texts. A further language is one more entry of `factsByLanguage`.
 */
import { textLanguage } from "./votingTexts.ts";

interface ConsentFacts {
  /** Names of the facts. */
  readonly always: string;
  readonly network: string;
  readonly data: string;
  /** For voters without an account. */
  readonly kept: string;
  /** For members, whose names the workspace knows. */
  readonly keptOfMembers: string;
  readonly keptNetwork: string;
  /** In megabytes, as people of the language write numbers. */
  readonly weight: (megabytes: string) => string;
  readonly placeLostTitle: string;
  readonly placeLostText: string;
}

const english: ConsentFacts = {
  always: "Always kept",
  network: "Your network",
  data: "Data",
  kept: "Until you withdraw or the workspace is deleted: your answers, also those you take back, when and how fast you gave them, and what was on the screen; your language, the size, pixel density and refresh rate of your screen and whether you touch it; the version of this text that you accepted, and when you started and finished.",
  keptOfMembers: "Your answers are linked to your account in the workspace, until you withdraw.",
  keptNetwork:
    "Your address is not stored. A code made from it with a secret key limits how many people join from one network; it is deleted within three hours, and at once when you withdraw or the study closes. Another one limits how much a network requests, whatever for; it is deleted within three hours of the last request.",
  weight: (megabytes) => `Your browser loads about ${megabytes} MB of images.`,
  placeLostTitle: "Others have taken your place",
  placeLostText:
    "A place is held for 15 minutes until the first answers, and this study now has all its voters. The answers that you sent are kept.",
};

const german: ConsentFacts = {
  always: "Immer gespeichert",
  network: "Ihr Netz",
  data: "Daten",
  kept: "Bis Sie widerrufen oder der Arbeitsbereich gelöscht wird: Ihre Antworten, auch zurückgenommene, wann und wie schnell Sie sie gegeben haben und was auf dem Bildschirm war; Ihre Sprache, Größe, Pixeldichte und Bildwiederholrate Ihres Bildschirms und ob Sie ihn berühren; die Fassung dieses Textes, der Sie zugestimmt haben, und wann Sie begonnen und abgeschlossen haben.",
  keptOfMembers: "Ihre Antworten sind mit Ihrem Konto im Arbeitsbereich verknüpft, bis Sie widerrufen.",
  keptNetwork:
    "Ihre Adresse wird nicht gespeichert. Ein Code, der mit einem geheimen Schlüssel aus ihr entsteht, begrenzt, wie viele Personen aus einem Netz teilnehmen; er wird innerhalb von drei Stunden gelöscht, und sofort, wenn Sie widerrufen oder die Studie schließt. Ein weiterer begrenzt, wie viel ein Netz abfragt, wofür auch immer; er wird innerhalb von drei Stunden nach der letzten Anfrage gelöscht.",
  weight: (megabytes) => `Ihr Browser lädt etwa ${megabytes} MB an Bildern.`,
  placeLostTitle: "Ihr Platz ist vergeben",
  placeLostText:
    "Bis zu den ersten Antworten ist ein Platz 15 Minuten reserviert, und diese Studie hat jetzt alle Teilnehmenden. Die Antworten, die Sie gesendet haben, bleiben erhalten.",
};

const factsByLanguage: Readonly<Record<string, ConsentFacts>> = { en: english, de: german };

/** The facts in a language; in English if there are none. */
export function consentFactsIn(language: string): ConsentFacts {
  return factsByLanguage[textLanguage(language)] ?? english;
}

const bytesOfMegabyte = 1_000_000;

/** For example "0.4" or "12"; at least a tenth. */
export function megabytesText(bytes: number, language: string): string {
  const megabytes = Math.max(0.1, bytes / bytesOfMegabyte);
  return megabytes.toLocaleString(textLanguage(language), { maximumFractionDigits: megabytes < 10 ? 1 : 0 });
}
