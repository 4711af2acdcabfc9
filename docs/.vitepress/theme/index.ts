import type { Theme } from "vitepress";
import DefaultTheme from "vitepress/theme-without-fonts";
import "./style.css";

export default {
  extends: DefaultTheme,
  enhanceApp({ router }) {
    // A page that was opened from a folder may not change its URL to another file's: the browser opens that one instead.
    if (typeof location !== "undefined" && location.protocol === "file:") {
      let isFirst = true;
      router.onBeforeRouteChange = (to) => {
        if (isFirst) {
          isFirst = false;
          return true;
        }
        location.href = to.replace(/\/(?=#|$)/, "/index.html");
        return false;
      };
    }
  },
} satisfies Theme;
