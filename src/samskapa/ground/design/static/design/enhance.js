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

  /* Who answered point 3 is still at point 3 when the page has been swapped. */
  let place = "";
  document.addEventListener("submit", (event) => {
    const around = event.target.closest("[data-place]");
    place = around ? around.id : "";
  });
  /* Who opened something goes on where it opened. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[hx-get]");
    if (link) place = link.getAttribute("hx-target").slice(1);
  });

  document.addEventListener("htmx:after:swap", () => {
    const main = document.getElementById("main");
    if (!main) return;
    const summary = summaryIn(main);
    if (summary) return focus(summary);
    const active = document.activeElement;
    if (!active || active === document.body) focus(document.getElementById(place) || main.querySelector("h1") || main);
    const said = main.querySelector(".messages") || main.querySelector("[data-announce]");
    const announce = document.getElementById("announce");
    if (said && announce) announce.textContent = said.textContent.trim();
  });
})();
