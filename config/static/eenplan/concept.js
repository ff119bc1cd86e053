/* Zegt naast een tekst die vanzelf wordt bewaard, dat dat niet lukte; de tekst zelf blijft altijd staan. */

(() => {
  "use strict";

  const zonderVerbinding = "Niet bewaard: er is geen verbinding. Uw tekst staat nog op het scherm.";
  const mislukt = "Niet bewaard. Uw tekst staat nog op het scherm.";

  const zeg = (gebeurtenis, tekst) => {
    const formulier = gebeurtenis.target.closest("[data-concept]");
    const stand = formulier && formulier.querySelector("[role=status]");
    if (stand) {
      stand.textContent = tekst;
    }
  };

  document.addEventListener("htmx:sendError", (gebeurtenis) => zeg(gebeurtenis, zonderVerbinding));
  document.addEventListener("htmx:timeout", (gebeurtenis) => zeg(gebeurtenis, zonderVerbinding));
  document.addEventListener("htmx:responseError", (gebeurtenis) => {
    const antwoord = gebeurtenis.detail.xhr;
    const soort = antwoord.getResponseHeader("Content-Type") || "";
    zeg(gebeurtenis, soort.startsWith("text/plain") ? antwoord.responseText : mislukt);
  });
})();
