/* Small help where a page is swapped in place. Nothing depends on it. */
"use strict";
(() => {
  const focus = (element) => {
    if (!element) return;
    if (!element.hasAttribute("tabindex")) element.setAttribute("tabindex", "-1");
    element.focus();
  };
  /* What went wrong is where a reader begins. */
  const summaryIn = (root) => root.querySelector("[data-focus]");
  focus(summaryIn(document));

  document.addEventListener("htmx:after:swap", () => {
    const main = document.getElementById("main");
    if (!main) return;
    const summary = summaryIn(main);
    if (summary) return focus(summary);
    const active = document.activeElement;
    if (!active || active === document.body) focus(main.querySelector("h1") || main);
    const notice = main.querySelector(".messages");
    const announce = document.getElementById("announce");
    if (notice && announce) announce.textContent = notice.textContent.trim();
  });
})();
