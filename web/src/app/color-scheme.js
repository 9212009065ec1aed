// Runs before the first paint: sets the color scheme and the language that were chosen, so nothing flashes.
(function () {
  var root = document.documentElement;
  var scheme = null;
  var locale = null;
  try {
    scheme = localStorage.getItem("doorstep-color-scheme");
    locale = localStorage.getItem("doorstep-locale");
  } catch {
    // Storage is shut: the system decides.
  }
  if (scheme !== "light" && scheme !== "dark") {
    scheme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }
  root.setAttribute("data-mantine-color-scheme", scheme);
  if (locale) root.lang = locale;
})();
