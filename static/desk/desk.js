// The menu on a narrow screen folds away, and open lists in the header close by Escape or a click
// elsewhere. Without this script the menu is simply open.
"use strict";

const toggle = document.querySelector(".jr-nav__toggle");
if (toggle) {
  toggle.hidden = false;
  toggle.closest(".jr-nav").classList.add("jr-nav--folds");
  toggle.addEventListener("click", () => {
    const open = toggle.getAttribute("aria-expanded") === "true";
    toggle.setAttribute("aria-expanded", String(!open));
  });
}

const lists = document.querySelectorAll(".jr-switch");
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const list of lists) {
    if (list.open && list.contains(document.activeElement)) list.querySelector("summary").focus();
    list.open = false;
  }
});
document.addEventListener("click", (event) => {
  for (const list of lists) if (!list.contains(event.target)) list.open = false;
});
