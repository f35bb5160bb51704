// Small comforts; everything works without them.
(() => {
  "use strict";
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  // Paper cannot be clicked: open what is closed, and close it again afterwards.
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const each of opened) each.open = true;
  });
  window.addEventListener("afterprint", () => { for (const each of opened) each.open = false; });
  // After a form that was not accepted the reader starts at what is wrong.
  const errors = document.querySelector("[data-errors]");
  if (errors) errors.focus();
})();
