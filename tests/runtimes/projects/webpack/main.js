import { startPage } from "./service.mjs";

const output = document.querySelector("output");
startPage((text) => {
  output.textContent = text;
});
