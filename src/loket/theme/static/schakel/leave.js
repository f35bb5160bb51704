// "Snel weg": leave this page at once, by the link or by pressing Escape three times. Without JavaScript the link still works.
(() => {
  "use strict";
  const link = document.getElementById("snel-weg");
  if (!link) return;
  const WITHIN = 1500; // milliseconds between the first and the third Escape
  let presses = [];

  function leave(event) {
    if (event) event.preventDefault();
    document.title = "\u00a0";
    document.documentElement.classList.add("sk-left"); // nothing to read while the other page loads, nor after "back"
    if (event) window.open(link.href, "_blank", "noopener,noreferrer"); // a new tab in front, with nothing behind it
    window.location.replace(link.href); // and this page makes way for the same one
  }

  link.addEventListener("click", leave);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") { presses = []; return; }
    presses = presses.filter((at) => event.timeStamp - at < WITHIN).concat(event.timeStamp);
    if (presses.length >= 3) leave(null); // a browser opens no tab on Escape, so this tab alone goes
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted && document.documentElement.classList.contains("sk-left")) window.location.replace(link.href);
  });
})();
