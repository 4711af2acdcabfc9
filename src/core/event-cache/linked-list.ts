/** What stands in a {@link LinkedList}. It is in one list at most. */
export interface Linked<Item> {
  previous: Item | undefined;
  next: Item | undefined;
}

/** A list whose items can be taken out anywhere, and put in before any other, without looking for their place. */
export class LinkedList<Item extends Linked<Item>> {
  first: Item | undefined;
  last: Item | undefined;

  pushBack(item: Item): void {
    this.#join(this.last, item);
    this.#join(item, undefined);
  }

  /** @param before an item of the list; `undefined` for the end */
  insert(item: Item, before: Item | undefined): void {
    if (before === undefined) {
      return this.pushBack(item);
    }
    this.#join(before.previous, item);
    this.#join(item, before);
  }

  remove(item: Item): void {
    this.#join(item.previous, item.next);
    item.previous = undefined;
    item.next = undefined;
  }

  #join(left: Item | undefined, right: Item | undefined): void {
    if (left === undefined) {
      this.first = right;
    } else {
      left.next = right;
    }
    if (right === undefined) {
      this.last = left;
    } else {
      right.previous = left;
    }
  }
}
