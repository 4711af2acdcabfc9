/** Words that cannot be the name of a constant, or that generated programs use. */
const TAKEN = [
  ..."arguments as async await break case catch class const continue contract debugger default delete do else enum".split(
    " ",
  ),
  ..."eval export extends false finally for from function get if implements import in instanceof interface let".split(
    " ",
  ),
  ..."new null of package private protected public return set static super switch this throw true try type".split(
    " ",
  ),
  ..."typeof undefined var void while with yield z".split(" "),
  ..."__esModule __filename __dirname __proto__ exports module require".split(" "),
  ..."DataType Infinity JSON MsbClient NaN Object Promise RegExp console process".split(" "),
  ..."client device calls error flow functionId gateway machine main restUrl result run service url value".split(
    " ",
  ),
];

/** The names of one file, each given once. */
export class Names {
  readonly #taken = new Set(TAKEN);

  /** A name like `MyDevice` for what is called so, or "my device". */
  type(text: string): string {
    return this.#free(upperFirst(inOneWord(text)) || "Definition");
  }

  /** A name like `myPress`. @param fallback where nothing of the text is left */
  constant(text: string, fallback: string): string {
    const word = inOneWord(text);
    const [leading = ""] = /^[A-Z]+(?![a-z])|^[A-Z]/.exec(word) ?? [];
    return this.#free(leading.toLowerCase() + word.slice(leading.length) || fallback);
  }

  #free(name: string): string {
    const usable = /^\d/.test(name) ? `_${name}` : name;
    let free = usable;
    for (let count = 2; this.#taken.has(free); count += 1) {
      free = `${usable}${count}`;
    }
    this.#taken.add(free);
    return free;
  }
}

/**
 * `my-device` becomes `myDevice`, and `Größe` becomes `Grosse`. What is left is ASCII: which other letters a name may have
 * depends on the version of the compiler.
 */
function inOneWord(text: string): string {
  const plain = text.replaceAll("ß", "ss").normalize("NFD").replace(/\p{M}/gu, "");
  const words = plain.match(/[\w$]+/g) ?? [];
  return words.map((word, index) => (index === 0 ? word : upperFirst(word))).join("");
}

function upperFirst(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
