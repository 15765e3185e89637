/** The languages of the page. */
import { en } from "./en";
import { ru } from "./ru";
import type { Words } from "./words";
import { zh } from "./zh";

export type Language = "en" | "zh" | "ru";
export const LANGUAGES: Record<Language, { name: string; words: Words }> = {
  en: { name: "English", words: en },
  zh: { name: "中文", words: zh },
  ru: { name: "Русский", words: ru },
};
export function isLanguage(text: string | null | undefined): text is Language {
  return !!text && Object.prototype.hasOwnProperty.call(LANGUAGES, text);
}
