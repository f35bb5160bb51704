// Without a connection a form stays where it is, with a sentence above its button. Nothing is kept in the browser.
(() => {
  "use strict";
  const words = {
    nl: "Er is geen verbinding. Er is niets verstuurd; wat u typte staat er nog. Probeer het opnieuw als er weer verbinding is.",
    en: "There is no connection. Nothing was sent; what you typed is still here. Try again when the connection is back.",
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || navigator.onLine) return;
    event.preventDefault();
    let said = form.querySelector("[data-connection]");
    if (!said) {
      said = document.createElement("p");
      said.className = "nl-paragraph sk-hint";
      said.dataset.connection = "";
      said.setAttribute("role", "alert");
      const last = form.querySelector(".sk-actions");
      form.insertBefore(said, last && last.parentNode === form ? last : null);
    }
    said.textContent = words[document.documentElement.lang] || words.nl;
  });
  window.addEventListener("online", () => {
    for (const said of document.querySelectorAll("[data-connection]")) said.remove();
  });
})();
