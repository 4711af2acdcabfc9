/** Puts text into the clipboard. A page that came over plain HTTP from another computer has only the old way. */
export async function copyText(text: string): Promise<void> {
  if (navigator.clipboard !== undefined) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const area = document.createElement("textarea");
  area.value = text;
  area.style.position = "fixed";
  const { activeElement } = document;
  document.body.append(area);
  area.select();
  const isCopied = document.execCommand("copy");
  area.remove();
  if (activeElement instanceof HTMLElement) {
    activeElement.focus();
  }
  if (!isCopied) {
    throw new Error("The browser does not let this page copy. Select the text, and copy it yourself.");
  }
}
