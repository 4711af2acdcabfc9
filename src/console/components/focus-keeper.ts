const FOCUSABLE =
  "a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), summary, [tabindex]";

/**
 * Whoever works with the keyboard goes on where they are: if what has the focus is taken out of the page, because it was removed or
 * another button stands in its place, the focus goes to what stands there now, or else to what is beside it. A browser would
 * begin at the top of the page again.
 */
export function keepFocus(root: HTMLElement): void {
  let last: { readonly element: Element; readonly view: string } | undefined;
  root.addEventListener("focusin", ({ target }) => {
    last = target instanceof Element ? { element: target, view: location.hash } : undefined;
  });
  root.addEventListener("focusout", ({ target, relatedTarget }) => {
    if (relatedTarget === null) {
      // Somebody has clicked at nothing, which leaves the element where it is.
      queueMicrotask(() => {
        const stays = last?.element.isConnected === true && !last.element.matches(":disabled");
        if (last?.element === target && stays && document.hasFocus()) {
          last = undefined;
        }
      });
    }
  });
  new MutationObserver((records) => {
    if (last === undefined || document.activeElement !== document.body) {
      return;
    }
    const { element, view } = last;
    if (element.isConnected) {
      // A button that was switched off while something was done, and is back.
      const isBack = records.some(({ target, type }) => type === "attributes" && target === element);
      if (isBack && element instanceof HTMLElement && !element.matches(":disabled")) {
        element.focus();
      }
      return;
    }
    const record = records.find(({ removedNodes }) =>
      [...removedNodes].some((node) => node.contains(element)),
    );
    const place = view === location.hash && record !== undefined ? findPlace(record, records) : undefined;
    (place ?? mainPart())?.focus({ preventScroll: place === undefined });
  }).observe(root, { childList: true, subtree: true, attributeFilter: ["disabled"] });
}

/** The main part of the page: what somebody sees who does not see the rest. */
export function mainPart(): HTMLElement | null {
  return document.querySelector<HTMLElement>("main, [role=main]");
}

function findPlace(removed: MutationRecord, records: readonly MutationRecord[]): HTMLElement | undefined {
  const { target, nextSibling, previousSibling } = removed;
  // What was put where it was, not what has come elsewhere at the same time.
  const isThere = (node: Node) =>
    node.previousSibling === previousSibling || node.nextSibling === nextSibling;
  const added = records
    .filter((record) => record.target === target)
    .flatMap((record) => [...record.addedNodes].filter(isThere));
  for (const node of [...added, nextSibling]) {
    const [first] = focusableIn(node);
    if (first !== undefined) {
      return first;
    }
  }
  const before = focusableIn(previousSibling).at(-1);
  // Beside it is nothing: what is around it, as far as it is not the whole page.
  const around = target instanceof Element ? target.closest("section, form, dialog, aside") : null;
  return before ?? focusableIn(around)[0];
}

function focusableIn(node: Node | null): HTMLElement[] {
  if (!(node instanceof HTMLElement) || !node.isConnected) {
    return [];
  }
  const inside = [...node.querySelectorAll<HTMLElement>(FOCUSABLE)];
  return [...(node.matches(FOCUSABLE) ? [node] : []), ...inside].filter((each) => each.checkVisibility());
}
