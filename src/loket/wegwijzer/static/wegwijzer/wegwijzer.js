// Comforts on top of forms that work by themselves: answers swap in place, and the reader is put where the change is.
(() => {
  "use strict";
  const wide = window.matchMedia("(min-width: 62rem)");
  const live = document.getElementById("ww-live");

  // Beside the plan there is room to show the question; on a phone it opens when asked for.
  function openBeside() {
    const ask = document.querySelector("[data-ww-ask]");
    if (ask && wide.matches) ask.open = true;
  }

  function showPrint() {
    for (const button of document.querySelectorAll("#wegwijzer [data-print][hidden]")) {
      button.hidden = false;
      button.addEventListener("click", () => window.print());
    }
  }

  function put() {
    openBeside();
    showPrint();
    const target = document.querySelector("#wegwijzer [data-errors]") || document.querySelector("#wegwijzer [data-ww-focus]");
    if (target) {
      target.focus({ preventScroll: true });
      window.scrollTo({ top: 0, behavior: "instant" }); // the head, the question and what is wrong all stand at the top
    }
    const said = document.querySelector("#wegwijzer [data-ww-live]");
    if (live) live.textContent = said ? said.dataset.wwLive : "";
  }

  // Many buttons stand outside the form they send (attribute form=); htmx only looks inside it.
  document.body.addEventListener("htmx:configRequest", (event) => {
    const by = event.detail.triggeringEvent && event.detail.triggeringEvent.submitter;
    if (by && by.name) event.detail.parameters[by.name] = by.value;
  });
  // A refusal (422) is a page of ours too: show it instead of dropping it.
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status === 422) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });
  // Without an answer from the server the form is sent as if there were no script: the browser then says what is wrong.
  document.body.addEventListener("htmx:sendError", (event) => {
    const by = event.detail.requestConfig.triggeringEvent && event.detail.requestConfig.triggeringEvent.submitter;
    const form = event.detail.elt.closest("form");
    if (!form) return;
    form.removeAttribute("hx-post");
    if (by) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: by.name, value: by.value }));
    form.submit();
  });
  document.body.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target.id === "wegwijzer") put();
  });
  // A page brought back by the browser would show answers after somebody left: begin again instead.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) window.location.replace(window.location.pathname);
  });
  openBeside();
  wide.addEventListener("change", openBeside);
})();
