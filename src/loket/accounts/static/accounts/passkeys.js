// A passkey that did not work (stopped, too late, another one than was asked for) is told on the page. Without this a
// browser says it to its console only, and whoever pressed the button sees nothing happen.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const words = document.querySelector("template[data-passkey-failed]");
  document.querySelector("[data-passkey-said]").replaceChildren(words.content.cloneNode(true));
});
