// De beschrijving van de API in Redoc. Zijn zoekindex werkt in een blob, die het beleid van deze site weigert.
document.addEventListener("DOMContentLoaded", () => {
  const plek = document.getElementById("redoc");
  // Redoc zet h5 onder h2; een schermlezer hoort hier het niveau dat erop volgt.
  new MutationObserver(() => {
    plek.querySelectorAll("h5:not([aria-level])").forEach((kop) => kop.setAttribute("aria-level", "3"));
  }).observe(plek, { childList: true, subtree: true });
  window.Redoc.init(plek.dataset.beschrijving, { disableSearch: true, nativeScrollbars: true }, plek);
});
