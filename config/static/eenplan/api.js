/* Shows the description of the API; without JavaScript the link to the file stays. */
window.addEventListener("DOMContentLoaded", () => {
  const plaats = document.getElementById("beschrijving");
  window.SwaggerUIBundle({
    url: plaats.dataset.adres,
    domNode: plaats,
    deepLinking: true,
    validatorUrl: null,
    presets: [window.SwaggerUIBundle.presets.apis],
  });
});
