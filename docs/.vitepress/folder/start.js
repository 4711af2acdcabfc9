// Runs first in every built page: finds out where the site is, before its scripts do.
(() => {
  window.siteRoot = new URL("../", document.currentScript.src).pathname;
  // What the page names is relative to it; but menus and icon stay when another page is shown in its place.
  const named = {
    href: '#app a[href]:not([href^="#"]), link[rel="icon"]',
    src: "#app img[src]",
  };
  for (const [attribute, selector] of Object.entries(named)) {
    for (const element of document.querySelectorAll(selector)) {
      element.setAttribute(attribute, element[attribute]);
    }
  }
})();
