/** Elements made in one call. Text is only ever set as text. */
type Listener = (event: Event) => void;
export type Props = Record<string, string | number | boolean | null | undefined | Listener>;
export type Kid = Node | string | null;

export function h<K extends keyof HTMLElementTagNameMap>(tag: K, props: Props = {}, ...kids: Kid[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
  for (const kid of kids) if (kid !== null) element.append(kid);
  return element;
}

export function button(text: string, act: () => void, props: Props = {}): HTMLButtonElement {
  return h("button", { type: "button", ...props, click: act }, text);
}

let made = 0;
export function labelled(text: string, input: HTMLElement, className = "field"): HTMLElement {
  if (!input.id) input.id = `field-${++made}`;
  return h("div", { class: className }, h("label", { for: input.id }, text), input);
}

export function choice(options: [string, string][], value: string, act: (value: string) => void): HTMLSelectElement {
  const select = h("select", { change: () => act(select.value) });
  for (const [key, text] of options) select.append(h("option", { value: key }, text));
  select.value = value;
  return select;
}

/** The value that was asked for last, once nothing more has been asked for a moment. */
export function later<T extends unknown[]>(wait_ms: number, act: (...values: T) => void): (...values: T) => void {
  let timer = 0;
  return (...values) => {
    clearTimeout(timer);
    timer = window.setTimeout(() => act(...values), wait_ms);
  };
}
