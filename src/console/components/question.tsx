import { signal } from "@preact/signals";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { Button } from "./button.tsx";

interface Question {
  readonly title: string;
  readonly text: string;
  /** What the button says that does it, and the one that does not. */
  readonly yes: string;
  readonly no: string;
}

interface OpenQuestion extends Question {
  /** Which one it is: the same question can come again before the page is drawn without it. */
  readonly number: number;
  readonly answer: (isYes: boolean) => void;
}

const open = signal<OpenQuestion | undefined>(undefined);
let asked = 0;

/** Asks before something is lost. Escape is a no; the focus is back afterwards where it was. */
export function ask(question: Question): Promise<boolean> {
  open.peek()?.answer(false);
  return new Promise((answer) => {
    open.value = { ...question, number: ++asked, answer };
  });
}

/** Where questions are shown; once in the page. */
export function QuestionDialog() {
  const question = open.value;
  return question && <Dialog key={question.number} question={question} />;
}

function Dialog({ question }: { readonly question: OpenQuestion }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const isYes = useRef(false);
  const id = useId();
  useLayoutEffect(() => {
    dialog.current?.showModal();
    dialog.current?.querySelector<HTMLElement>(".actions button:last-child")?.focus();
  }, []);
  const close = (yes: boolean) => () => {
    isYes.current = yes;
    // It gives the focus back.
    dialog.current?.close();
  };
  return (
    <dialog
      ref={dialog}
      class="question"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      onClose={() => {
        // This is heard a little later: another one can be open by now.
        if (open.peek() === question) {
          open.value = undefined;
        }
        question.answer(isYes.current);
      }}
    >
      <h2 id={`${id}-title`}>{question.title}</h2>
      <p id={`${id}-text`}>{question.text}</p>
      <div class="actions">
        <Button class="danger" onClick={close(true)}>
          {question.yes}
        </Button>
        <Button class="primary" onClick={close(false)}>
          {question.no}
        </Button>
      </div>
    </dialog>
  );
}
