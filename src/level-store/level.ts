// LevelDB, alone in a file: in pages another file takes its place, which holds what it needs there.
export { Level } from "level";
