// Light, dark or as on the device: said before the first paint, so that nothing flashes, and remembered. The button
// is made here, so that there is none where scripts do not run. And the keys of the field for searching.
(function () {
  "use strict";
  var root = document.documentElement;
  var modes = ["system", "light", "dark"];
  var mode = "system";
  try { mode = localStorage.getItem("theme") || mode; } catch (e) { /* a browser may forbid storage */ }
  function show() {
    if (mode === "light" || mode === "dark") root.setAttribute("data-theme", mode);
    else root.removeAttribute("data-theme");
  }
  show();
  document.addEventListener("DOMContentLoaded", function () {
    var place = document.querySelector(".theme");
    if (!place) return;
    var button = document.createElement("button");
    button.type = "button";
    function name() {
      button.textContent = place.getAttribute("data-" + mode);
      button.setAttribute("aria-label", place.getAttribute("data-name") + ": " + button.textContent);
    }
    if (modes.indexOf(mode) < 0) mode = "system";
    name();
    button.addEventListener("click", function () {
      mode = modes[(modes.indexOf(mode) + 1) % modes.length];
      try { localStorage.setItem("theme", mode); } catch (e) { /* it holds for this page */ }
      show();
      name();
    });
    place.appendChild(button);
  });
  document.addEventListener("keydown", function (event) {
    var at = event.target;
    if (event.key === "Escape" && at.type === "search" && at.value) {
      at.value = "";
      at.dispatchEvent(new Event("input", { bubbles: true }));
      event.preventDefault();
    }
    // On a Mac Ctrl-K means something else to whoever writes, and elsewhere a field may have its own use of it.
    var isOurs = /Mac|iP/.test(navigator.platform) ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
    if (!isOurs || event.key.toLowerCase() !== "k" || event.altKey || event.shiftKey) return;
    if (at.name !== "q" && (at.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(at.tagName) && at.type !== "checkbox")) return;
    var field = document.querySelector("main [role=search] [name=q]") || document.querySelector("[role=search] [name=q]");
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
})();
