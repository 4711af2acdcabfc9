export function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) {
    throw new Error(`The page has no element with the id ${id}.`);
  }
  return found;
}

export function input(id: string): HTMLInputElement {
  return element(id) as HTMLInputElement;
}

export function output(id: string, text: string): void {
  element(id).textContent = text;
}

/** Puts a line on top of the list of messages, which keeps the newest eight. */
export function log(text: string): void {
  const line = document.createElement("li");
  line.textContent = `${new Date().toLocaleTimeString()}  ${text}`;
  const list = element("messages");
  list.prepend(line);
  while (list.childElementCount > 8) {
    list.lastElementChild?.remove();
  }
}
