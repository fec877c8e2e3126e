/**
 * What voters read in the designs of Zhou & Firestone (2019): the experimenters' instructions in our words. Experiment 3b mentions no machine.
 */
import { onePhase, type TemplateTexts, type TextLanguage } from "./template.ts";

type Texts = Readonly<Record<TextLanguage, TemplateTexts>>;

export const zhouFirestoneTexts = {
  1: {
    en: onePhase(
      "A computer program that names objects has given each of these images a name. Guess which of two names it gave.",
      "You see one image at a time and two names. Choose the name that you think the program gave.",
    ),
    de: onePhase(
      "Ein Computerprogramm, das Gegenstände benennt, hat jedem dieser Bilder einen Namen gegeben. Raten Sie, welchen von zwei Namen.",
      "Sie sehen jeweils ein Bild und zwei Namen. Wählen Sie den Namen, den das Programm Ihrer Meinung nach gegeben hat.",
    ),
  },
  2: {
    en: onePhase(
      "A computer program that names objects had two names in mind for each of these images. Guess which of them it preferred.",
      "You see one image at a time and two names, both of which the program considered. Choose the name that you think came first.",
    ),
    de: onePhase(
      "Ein Computerprogramm, das Gegenstände benennt, hatte für jedes dieser Bilder zwei Namen zur Wahl. Raten Sie, welchen es vorzog.",
      "Sie sehen jeweils ein Bild und zwei Namen, die das Programm erwogen hat. Wählen Sie den, der Ihrer Meinung nach der erste war.",
    ),
  },
  "3a": {
    en: onePhase(
      "A computer program that names objects has given each of these images one of many names. Guess which one.",
      "You see one image at a time and all the names. They keep their places. Choose the name that you think the program gave.",
    ),
    de: onePhase(
      "Ein Computerprogramm, das Gegenstände benennt, hat jedem dieser Bilder einen von vielen Namen gegeben. Raten Sie, welchen.",
      "Sie sehen jeweils ein Bild und alle Namen, die ihre Plätze behalten. Wählen Sie den, den das Programm Ihrer Meinung nach gegeben hat.",
    ),
  },
  "3b": {
    en: onePhase(
      "You see images that are hard to make out. Tell us what they look like to you.",
      "You see one image at a time and a list of answers. They keep their places. Choose the one that fits the image best.",
    ),
    de: onePhase(
      "Sie sehen Bilder, auf denen sich wenig erkennen lässt. Sagen Sie uns, wonach sie für Sie aussehen.",
      "Sie sehen jeweils ein Bild und eine Liste von Antworten, die ihre Plätze behalten. Wählen Sie die, die am besten zum Bild passt.",
    ),
  },
  4: {
    en: onePhase(
      "A computer program that names objects has given each of these images of static a name. Guess which image got which name.",
      "You see several images of static, a name, and photographs of it. Choose the image to which you think the program gave the name.",
    ),
    de: onePhase(
      "Ein Computerprogramm, das Gegenstände benennt, hat jedem dieser Rauschbilder einen Namen gegeben. Raten Sie, welches Bild welchen bekam.",
      "Sie sehen mehrere Rauschbilder, einen Namen und Fotos dazu. Wählen Sie das Bild, dem das Programm Ihrer Meinung nach den Namen gab.",
    ),
  },
  5: {
    en: onePhase(
      "A computer program that reads handwritten digits has taken each of these digits for another one. Guess for which.",
      "You see one handwritten digit at a time, changed so that the program misread it. The digit that people read is not offered: choose the other digit that you think the program saw.",
      "Which other digit did the machine see?",
    ),
    de: onePhase(
      "Ein Computerprogramm, das handgeschriebene Ziffern liest, hat jede dieser Ziffern für eine andere gehalten. Raten Sie, für welche.",
      "Sie sehen jeweils eine handgeschriebene Ziffer, so verändert, dass das Programm sie falsch las. Die Ziffer, die Menschen lesen, steht nicht zur Wahl: Wählen Sie die andere, die das Programm Ihrer Meinung nach erkannt hat.",
      "Welche andere Ziffer hat die Maschine erkannt?",
    ),
  },
  6: {
    en: onePhase(
      "Each of these photographs has a small patch that made a computer program give it a wrong name. Guess which name.",
      "You see one photograph at a time and two names, neither of which is the right one. Choose the name that you think the program gave.",
      "Which wrong name did the machine give this photograph?",
    ),
    de: onePhase(
      "Jedes dieser Fotos hat einen kleinen Fleck, durch den ein Computerprogramm ihm einen falschen Namen gab. Raten Sie, welchen.",
      "Sie sehen jeweils ein Foto und zwei Namen, von denen keiner der richtige ist. Wählen Sie den, den das Programm Ihrer Meinung nach gab.",
      "Welchen falschen Namen hat die Maschine diesem Foto gegeben?",
    ),
  },
} as const satisfies Readonly<Record<string, Texts>>;
