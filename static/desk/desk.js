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

// Of a long menu only the part in use stands open (the first where none is); what somebody opens or
// closes is kept in this browser.
const LONG = 20;
const parts = [...document.querySelectorAll(".jr-nav__section")];
const kept = () => {
  try {
    return JSON.parse(localStorage.getItem("menu")) || {};
  } catch {
    return {};
  }
};
if (document.querySelectorAll(".jr-nav__section a").length > LONG) {
  const choices = kept();
  const anyInUse = parts.some((part) => part.querySelector("[aria-current]"));
  parts.forEach((part, place) => {
    const inUse = part.querySelector("[aria-current]") !== null;
    part.open = inUse || (choices[part.dataset.section] ?? (place === 0 && !anyInUse));
    part.querySelector("summary").addEventListener("click", () => {
      localStorage.setItem("menu", JSON.stringify({ ...kept(), [part.dataset.section]: !part.open }));
    });
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
