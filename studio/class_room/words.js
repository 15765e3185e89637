// The page in English, Chinese or Russian: words.json holds the words, the browser or a selector chooses.
const languages = await (await fetch("/class/files/words.json")).json();
const known = Object.keys(languages);
const wanted = [localStorage.getItem("language"), ...navigator.languages.map((tag) => tag.slice(0, 2))];
export let language = wanted.find((one) => known.includes(one)) ?? "en";

// The word with its {places} filled in.
export function say(word, values = {}) {
  const text = languages[language][word] ?? languages.en[word] ?? word;
  return text.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
}

export const has = (word) => word in languages.en;

// What a lesson says in three languages.
export const said = (text) => text[language];

export const number = (value, digits = 1) =>
  value === null || value === undefined ? "–" : new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value);

export const money = (value) =>
  value === null || value === undefined ? "–" : new Intl.NumberFormat(language, {
    style: "currency", currency: "EUR", notation: "compact", maximumFractionDigits: 2, signDisplay: "exceptZero",
  }).format(value);

// Put the words in place, offer the languages, and call `changed` when another is chosen.
export function speak(changed) {
  const choice = document.getElementById("language");
  choice.replaceChildren(...known.map((one) => new Option(languages[one].name, one, false, one === language)));
  const place = () => {
    document.documentElement.lang = language;
    document.title = say("class_room");
    for (const one of document.querySelectorAll("[data-words]")) one.textContent = say(one.dataset.words);
  };
  choice.addEventListener("change", () => {
    language = choice.value;
    localStorage.setItem("language", language);
    place();
    changed();
  });
  place();
}
