// Kleine hulp bij het toetsenbord. Elke pagina werkt ook zonder dit bestand.
"use strict";

(() => {
  const SCHAKELAAR = "eenplan-sneltoetsen";
  const MET_LETTERS = "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select";

  const bewaard = () => {
    try {
      return localStorage.getItem(SCHAKELAAR) !== "uit";
    } catch {
      return true;
    }
  };
  const bewaar = (aan) => {
    try {
      localStorage.setItem(SCHAKELAAR, aan ? "aan" : "uit");
    } catch {
      // Zonder opslag geldt de keuze tot de volgende pagina.
    }
  };
  let aan = bewaard();

  const toetsen = () =>
    [...document.querySelectorAll("[aria-keyshortcuts]")].filter((deel) => deel.checkVisibility());

  const naamVan = (deel) =>
    deel.getAttribute("aria-label") || (deel.labels?.[0] ?? deel).textContent.trim().replace(/\s+/g, " ");

  const leesbaar = (toets) => toets.replace("Control+", "Ctrl ");

  const gebruik = (deel) => {
    if (deel.matches(MET_LETTERS)) {
      deel.focus();
      deel.select?.();
    } else {
      deel.click();
    }
  };

  // Sneltoetsen staan als aria-keyshortcuts op de knop, de link of het veld zelf.
  const dialoog = document.getElementById("sneltoetsen");
  const toonLijst = () => {
    const lijst = document.createElement("dl");
    for (const deel of toetsen()) {
      const term = document.createElement("dt");
      const toets = document.createElement("kbd");
      const uitleg = document.createElement("dd");
      toets.textContent = leesbaar(deel.getAttribute("aria-keyshortcuts"));
      uitleg.textContent = naamVan(deel);
      term.append(toets);
      lijst.append(term, uitleg);
    }
    dialoog.querySelector("[data-lijst]").replaceChildren(lijst);
    dialoog.querySelector("input").checked = aan;
    dialoog.showModal();
  };

  if (dialoog) {
    const knop = document.querySelector("[data-sneltoetsen]");
    knop.hidden = false;
    knop.addEventListener("click", toonLijst);
    dialoog.querySelector("input").addEventListener("change", (gebeurtenis) => {
      aan = gebeurtenis.target.checked;
      bewaar(aan);
    });
  }

  document.addEventListener("keydown", (gebeurtenis) => {
    if (gebeurtenis.key === "Escape") {
      for (const open of document.querySelectorAll("details.uitklap[open]")) {
        open.open = false;
        if (open.contains(document.activeElement)) open.querySelector("summary").focus();
      }
      const zoekvak = document.activeElement.closest(".zoek")?.querySelector("input[hx-target]");
      if (zoekvak) {
        document.querySelector(zoekvak.getAttribute("hx-target")).replaceChildren();
        zoekvak.focus();
      }
      return;
    }
    if (gebeurtenis.isComposing || gebeurtenis.altKey || gebeurtenis.metaKey || dialoog?.open) return;
    const met = gebeurtenis.ctrlKey ? `Control+${gebeurtenis.key.toLowerCase()}` : gebeurtenis.key;
    const typt = document.activeElement.matches(MET_LETTERS) || document.activeElement.isContentEditable;
    if (!gebeurtenis.ctrlKey && (!aan || typt)) return;
    const doel = toetsen().find((deel) => deel.getAttribute("aria-keyshortcuts").toLowerCase() === met.toLowerCase());
    if (doel) {
      gebeurtenis.preventDefault();
      gebruik(doel);
    }
  });

  document.addEventListener("click", (gebeurtenis) => {
    for (const open of document.querySelectorAll("details.uitklap[open]")) {
      if (!open.contains(gebeurtenis.target)) open.open = false;
    }
  });

  // Wat er mis is, krijgt de nadruk: na het laden, en wanneer een stuk van de pagina is vervangen.
  const naarFouten = (binnen) => binnen.querySelector("[data-fouten]")?.focus();
  requestAnimationFrame(() => naarFouten(document)); // na autofocus
  document.addEventListener("htmx:afterSettle", (gebeurtenis) => naarFouten(gebeurtenis.target));
})();
