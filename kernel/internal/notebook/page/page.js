(function () {
  var inputs = document.querySelectorAll("details.input"), button = document.getElementById("code");
  function open() { return Array.prototype.some.call(inputs, function (d) { return d.open; }); }
  function label() { button.textContent = open() ? "Hide code" : "Show code"; }
  function all(state) { inputs.forEach(function (d) { d.open = state; }); }
  if (!button || !inputs.length) return;
  button.hidden = false;
  if (window.matchMedia("(max-width: 40rem)").matches) all(false);
  button.addEventListener("click", function () { all(!open()); label(); });
  inputs.forEach(function (d) { d.addEventListener("toggle", label); });
  label();
})();
